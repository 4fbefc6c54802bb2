package sunpeer.drivers;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.bms.DalyA5;
import sunpeer.drivers.bms.DialectBus;
import sunpeer.drivers.bms.Jbd;
import sunpeer.drivers.bms.JkPb;
import sunpeer.drivers.bms.Junctek;
import sunpeer.drivers.profile.ModbusDevice;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Profiles;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.TcpBus;
import sunpeer.drivers.transport.TcpLine;
import sunpeer.drivers.vedirect.VeDirectDevice;

/** From an address in the configuration to a controller that can be read. */
public final class Devices {
    private Devices() {}

    /** The device families that can be read. */
    public static List<String> profileIds() {
        return Profiles.ids();
    }

    /**
     * Takes the owner's profiles of a directory into this process; for its start, before a device is opened.
     *
     * @return why some of the files are not taken, one line each: file, line and reason
     */
    public static List<String> takeProfiles(Path directory) {
        Profiles.use(Profiles.withOwners(directory));
        return Profiles.problems();
    }

    /** What is wrong with the owner's profiles of this process. */
    public static List<String> profileProblems() {
        return Profiles.problems();
    }

    /**
     * What a profile takes when the configuration leaves it open.
     *
     * @throws IllegalArgumentException for an unknown profile id
     */
    public static WireDefaults defaults(String profileId) {
        Profile profile = profile(profileId);
        return new WireDefaults(
                profile.id(),
                profile.family(),
                profile.serial(),
                profile.tcp(),
                profile.baud(),
                profile.unit(),
                profile.tcpPort());
    }

    /**
     * A controller that opens its wire at the first read.
     *
     * @param clock gives readings their time
     * @throws IllegalArgumentException when the profile id is unknown or the profile cannot use this wire
     */
    public static Device open(DeviceAddress address, InstantSource clock) {
        Profile profile = profile(address.profile());
        return switch (address.wire()) {
            case Wire.Serial(String path, int baud) -> {
                require(profile.serial(), profile, "a serial port");
                SerialLine line = new SerialLine(path, baud == 0 ? profile.baud() : baud);
                yield profile.protocol() == Profile.Protocol.VEDIRECT
                        ? new VeDirectDevice(profile, line, clock)
                        : new ModbusDevice(profile, bus(profile, line), unit(address), clock);
            }
            case Wire.Tcp(String host, int port) -> {
                require(profile.tcp(), profile, "TCP");
                yield new ModbusDevice(profile, new TcpBus(host, port), unit(address), clock);
            }
            case Wire.RtuOverTcp(String host, int port) -> {
                require(profile.serial() && profile.protocol() == Profile.Protocol.MODBUS, profile, "RTU over TCP");
                RtuBus bus = new RtuBus(new TcpLine(host, port), profile.gapMillis());
                yield new ModbusDevice(profile, bus, unit(address), clock);
            }
        };
    }

    private static RegisterBus bus(Profile profile, ByteLine line) {
        return switch (profile.protocol()) {
            case MODBUS -> new RtuBus(line, profile.gapMillis());
            case JBD -> new DialectBus(new Jbd(), line, profile.gapMillis());
            case DALY_A5 -> new DialectBus(new DalyA5(), line, profile.gapMillis());
            case JK_PB -> new DialectBus(new JkPb(), line, profile.gapMillis());
            case JUNCTEK -> new DialectBus(new Junctek(), line, profile.gapMillis());
            case VEDIRECT -> throw new IllegalStateException("VE.Direct has no registers");
        };
    }

    private static Profile profile(String id) {
        return Profiles.find(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no profile \"" + id + "\"; there are " + String.join(", ", Profiles.ids())));
    }

    private static void require(boolean can, Profile profile, String wire) {
        if (!can) {
            throw new IllegalArgumentException(
                    "profile \"" + profile.id() + "\" (" + profile.family() + ") cannot be read over " + wire);
        }
    }

    private static int unit(DeviceAddress address) {
        if (address.unit() < 1 || address.unit() > 255) {
            throw new IllegalArgumentException("unit " + address.unit() + " is not in 1..255");
        }
        return address.unit();
    }
}

package sunpeer.drivers;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.profile.ModbusDevice;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Profiles;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.TcpBus;
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
                yield switch (profile.protocol()) {
                    case VEDIRECT -> new VeDirectDevice(profile, line, clock);
                    case MODBUS ->
                        new ModbusDevice(profile, new RtuBus(line, profile.gapMillis()), unit(address), clock);
                };
            }
            case Wire.Tcp(String host, int port) -> {
                require(profile.tcp(), profile, "TCP");
                yield new ModbusDevice(profile, new TcpBus(host, port), unit(address), clock);
            }
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

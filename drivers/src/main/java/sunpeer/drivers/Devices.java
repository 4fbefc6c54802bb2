package sunpeer.drivers;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.profile.ModbusDevice;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Profiles;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.TappedBus;
import sunpeer.drivers.transport.TappedLine;
import sunpeer.drivers.transport.TcpBus;
import sunpeer.drivers.transport.TcpLine;
import sunpeer.drivers.vedirect.VeDirectDevice;

/** From an address in the configuration to a controller that can be read. */
public final class Devices {
    /** EPEVER's WiFi dongle carries RTU frames on this port, and stays deaf until it has heard these bytes. */
    private static final int DONGLE_PORT = 9999;

    private static final byte[] DONGLE_START = {0x20, 0x02, 0x00, 0x00};

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

    /** Whether it is asked by Modbus, so that its unit id means something and any Modbus wire carries it. */
    public static boolean speaksModbus(String profileId) {
        return profile(profileId).protocol() == Profile.Protocol.MODBUS;
    }

    /**
     * A device that opens its wire at the first read.
     *
     * @param clock gives readings their time
     * @throws IllegalArgumentException when the profile id is unknown or the profile cannot use this wire
     */
    public static Device open(DeviceAddress address, InstantSource clock) {
        return open(address, clock, WireTap.NONE);
    }

    /**
     * The same with somebody who hears the wire.
     *
     * @throws IllegalArgumentException when the profile id is unknown or the profile cannot use this wire
     */
    public static Device open(DeviceAddress address, InstantSource clock, WireTap tap) {
        Profile profile = profile(address.profile());
        return switch (address.wire()) {
            case Wire.Serial(String path, int baud) -> {
                require(profile.serial(), profile, "a serial port");
                ByteLine line = new SerialLine(path, baud == 0 ? profile.baud() : baud);
                yield over(profile, tapped(line, tap), unit(address.unit()), clock);
            }
            case Wire.Tcp(String host, int port) -> {
                require(profile.tcp(), profile, "TCP");
                RegisterBus bus = new TcpBus(host, port);
                yield onBus(profile, tap == WireTap.NONE ? bus : new TappedBus(bus, tap), unit(address.unit()), clock);
            }
            case Wire.RtuOverTcp(String host, int port) -> {
                require(profile.serial() && profile.protocol() == Profile.Protocol.MODBUS, profile, "RTU over TCP");
                ByteLine line = new TcpLine(host, port, port == DONGLE_PORT ? DONGLE_START : new byte[0]);
                yield over(profile, tapped(line, tap), unit(address.unit()), clock);
            }
        };
    }

    private static ByteLine tapped(ByteLine line, WireTap tap) {
        return tap == WireTap.NONE ? line : new TappedLine(line, tap);
    }

    /** The device of a profile at the end of any line of bytes. */
    public static Device over(String profileId, ByteLine line, int unit, InstantSource clock) {
        return over(profile(profileId), line, unit, clock);
    }

    /** The device of a Modbus profile on any bus. */
    public static Device over(String profileId, RegisterBus bus, int unit, InstantSource clock) {
        return onBus(profile(profileId), bus, unit, clock);
    }

    /** The bus on which a profile that is asked for registers finds its device. */
    public static RegisterBus bus(String profileId, ByteLine line) {
        return bus(profile(profileId), line);
    }

    private static Device over(Profile profile, ByteLine line, int unit, InstantSource clock) {
        return profile.protocol() == Profile.Protocol.VEDIRECT
                ? new VeDirectDevice(profile, line, clock)
                : onBus(profile, bus(profile, line), unit, clock);
    }

    private static RegisterBus bus(Profile profile, ByteLine line) {
        return switch (profile.protocol()) {
            case MODBUS -> new RtuBus(line, profile.gapMillis());
            case VEDIRECT -> throw new IllegalStateException("VE.Direct has no registers");
        };
    }

    private static Device onBus(Profile profile, RegisterBus bus, int unit, InstantSource clock) {
        return new ModbusDevice(profile, bus, unit, clock);
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

    private static int unit(int unit) {
        if (unit < 1 || unit > 255) {
            throw new IllegalArgumentException("unit " + unit + " is not in 1..255");
        }
        return unit;
    }
}

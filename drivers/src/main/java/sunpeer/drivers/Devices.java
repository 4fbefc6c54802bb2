package sunpeer.drivers;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.bms.DalyA5;
import sunpeer.drivers.bms.DialectBus;
import sunpeer.drivers.bms.Jbd;
import sunpeer.drivers.bms.JkPb;
import sunpeer.drivers.bms.Junctek;
import sunpeer.drivers.profile.ModbusDevice;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Profiles;
import sunpeer.drivers.sunspec.SunSpecDevice;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.TappedBus;
import sunpeer.drivers.transport.TappedLine;
import sunpeer.drivers.transport.TcpBus;
import sunpeer.drivers.transport.TcpLine;
import sunpeer.drivers.vedirect.VeDirectDevice;

/** From an address in the configuration to a device that can be read. */
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
        return profile(profileId).protocol().modbus();
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
        return openTogether(List.of(address), clock, tap).getFirst();
    }

    /**
     * Devices on one wire: they share it, one thread must read all of them, and to close one closes the wire for all.
     *
     * @param addresses with the same wire, though perhaps by two names of its port
     * @param clock gives readings their time
     * @return in the order of the addresses
     * @throws IllegalArgumentException when a profile id is unknown or the devices cannot all be on this wire
     */
    public static List<Device> openTogether(List<DeviceAddress> addresses, InstantSource clock) {
        return openTogether(addresses, clock, WireTap.NONE);
    }

    private static List<Device> openTogether(List<DeviceAddress> addresses, InstantSource clock, WireTap tap) {
        List<Profile> profiles =
                addresses.stream().map(address -> profile(address.profile())).toList();
        Profile first = profiles.getFirst();
        // The slowest of them sets the silence between requests.
        int gapMillis = profiles.stream().mapToInt(Profile::gapMillis).max().orElse(0);
        Wire wire = addresses.getFirst().wire();
        checkTogether(profiles, wire);
        if (first.protocol() == Profile.Protocol.VEDIRECT) {
            return List.of(new VeDirectDevice(first, tapped(line(wire, addresses, profiles), tap), clock));
        }
        RegisterBus bus = wire instanceof Wire.Tcp(String host, int port)
                ? tapped(new TcpBus(host, port), tap)
                : bus(first, tapped(line(wire, addresses, profiles), tap), gapMillis);
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            devices.add(onBus(profiles.get(i), bus, unit(addresses.get(i).unit()), clock));
        }
        return devices;
    }

    private static void checkTogether(List<Profile> profiles, Wire wire) {
        Profile first = profiles.getFirst();
        for (Profile profile : profiles) {
            switch (wire) {
                case Wire.Serial _ -> require(profile.serial(), profile, "a serial port");
                case Wire.Tcp _ -> require(profile.tcp(), profile, "TCP");
                case Wire.RtuOverTcp _ ->
                    require(profile.serial() && profile.protocol().modbus(), profile, "RTU over TCP");
            }
            boolean same = profile.protocol().modbus() && first.protocol().modbus();
            if (!same && profile.protocol() != first.protocol()) {
                throw new IllegalArgumentException("profiles \"%s\" and \"%s\" cannot share the wire %s"
                        .formatted(first.id(), profile.id(), wire.where()));
            }
        }
        if (profiles.size() > 1 && !first.protocol().shares()) {
            throw new IllegalArgumentException("a device of profile \"" + first.id()
                    + "\" must be alone on its wire, but " + wire.where() + " is given " + profiles.size() + " times");
        }
    }

    private static ByteLine line(Wire wire, List<DeviceAddress> addresses, List<Profile> profiles) {
        return switch (wire) {
            case Wire.Serial(String path, int _) -> new SerialLine(path, baud(addresses, profiles));
            case Wire.RtuOverTcp(String host, int port) -> gateway(host, port);
            case Wire.Tcp _ -> throw new IllegalStateException("Modbus TCP is no line of bytes");
        };
    }

    private static int baud(List<DeviceAddress> addresses, List<Profile> profiles) {
        List<Integer> bauds = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            int given = addresses.get(i).wire() instanceof Wire.Serial(String _, int baud) ? baud : 0;
            bauds.add(given == 0 ? profiles.get(i).baud() : given);
        }
        if (bauds.stream().distinct().count() > 1) {
            throw new IllegalArgumentException("one wire has one baud rate, but its devices are given "
                    + bauds.stream().distinct().map(String::valueOf).collect(Collectors.joining(" and ")));
        }
        return bauds.getFirst();
    }

    private static ByteLine gateway(String host, int port) {
        return new TcpLine(host, port, port == DONGLE_PORT ? DONGLE_START : new byte[0]);
    }

    private static ByteLine tapped(ByteLine line, WireTap tap) {
        return tap.equals(WireTap.NONE) ? line : new TappedLine(line, tap);
    }

    private static RegisterBus tapped(RegisterBus bus, WireTap tap) {
        return tap.equals(WireTap.NONE) ? bus : new TappedBus(bus, tap);
    }

    /** The device of a profile at the end of any line of bytes. */
    public static Device over(String profileId, ByteLine line, int unit, InstantSource clock) {
        Profile profile = profile(profileId);
        return profile.protocol() == Profile.Protocol.VEDIRECT
                ? new VeDirectDevice(profile, line, clock)
                : onBus(profile, bus(profile, line, profile.gapMillis()), unit, clock);
    }

    /** The device of a profile on any bus. */
    public static Device over(String profileId, RegisterBus bus, int unit, InstantSource clock) {
        return onBus(profile(profileId), bus, unit, clock);
    }

    /** The bus on which a profile that is asked for registers finds its device. */
    public static RegisterBus bus(String profileId, ByteLine line) {
        Profile profile = profile(profileId);
        return bus(profile, line, profile.gapMillis());
    }

    /**
     * The bus that a device is on, for what is not a reading.
     *
     * @throws IllegalArgumentException when the profile id is unknown or does not speak Modbus
     */
    public static RegisterBus bus(DeviceAddress address) {
        Profile profile = profile(address.profile());
        require(profile.protocol().modbus(), profile, "Modbus");
        return address.wire() instanceof Wire.Tcp(String host, int port)
                ? new TcpBus(host, port)
                : bus(profile, line(address.wire(), List.of(address), List.of(profile)), profile.gapMillis());
    }

    private static RegisterBus bus(Profile profile, ByteLine line, int gapMillis) {
        return switch (profile.protocol()) {
            case MODBUS, SUNSPEC -> new RtuBus(line, gapMillis);
            case JBD -> new DialectBus(new Jbd(), line, gapMillis);
            case DALY_A5 -> new DialectBus(new DalyA5(), line, gapMillis);
            case JK_PB -> new DialectBus(new JkPb(), line, gapMillis);
            case JUNCTEK -> new DialectBus(new Junctek(), line, gapMillis);
            case VEDIRECT -> throw new IllegalStateException("VE.Direct has no registers");
        };
    }

    private static Device onBus(Profile profile, RegisterBus bus, int unit, InstantSource clock) {
        return profile.protocol() == Profile.Protocol.SUNSPEC
                ? new SunSpecDevice(profile, bus, unit, clock)
                : new ModbusDevice(profile, bus, unit, clock);
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

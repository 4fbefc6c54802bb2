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
        return switch (addresses.getFirst().wire()) {
            case Wire.Serial(String path, int _) -> {
                profiles.forEach(profile -> require(profile.serial(), profile, "a serial port"));
                ByteLine line = tapped(new SerialLine(path, baud(addresses, profiles)), tap);
                yield profiles.getFirst().protocol() == Profile.Protocol.VEDIRECT
                        ? List.of(new VeDirectDevice(alone(profiles, path), line, clock))
                        : onBus(addresses, profiles, bus(profiles, line), clock);
            }
            case Wire.Tcp(String host, int port) -> {
                profiles.forEach(profile -> require(profile.tcp(), profile, "TCP"));
                RegisterBus bus = new TcpBus(host, port);
                yield onBus(addresses, profiles, tap.equals(WireTap.NONE) ? bus : new TappedBus(bus, tap), clock);
            }
            case Wire.RtuOverTcp(String host, int port) -> {
                profiles.forEach(profile -> require(
                        profile.serial() && profile.protocol() == Profile.Protocol.MODBUS, profile, "RTU over TCP"));
                yield onBus(addresses, profiles, bus(profiles, tapped(gateway(host, port), tap)), clock);
            }
        };
    }

    private static ByteLine tapped(ByteLine line, WireTap tap) {
        return tap.equals(WireTap.NONE) ? line : new TappedLine(line, tap);
    }

    private static ByteLine gateway(String host, int port) {
        return new TcpLine(host, port, port == DONGLE_PORT ? DONGLE_START : new byte[0]);
    }

    /** The device of a profile at the end of any line of bytes. */
    public static Device over(String profileId, ByteLine line, int unit, InstantSource clock) {
        Profile profile = profile(profileId);
        return profile.protocol() == Profile.Protocol.VEDIRECT
                ? new VeDirectDevice(profile, line, clock)
                : onBus(profile, bus(List.of(profile), line), unit, clock);
    }

    /** The device of a profile that is asked for registers, on any bus. */
    public static Device over(String profileId, RegisterBus bus, int unit, InstantSource clock) {
        return onBus(profile(profileId), bus, unit, clock);
    }

    /** The bus on which a profile that is asked for registers finds its device. */
    public static RegisterBus bus(String profileId, ByteLine line) {
        return bus(List.of(profile(profileId)), line);
    }

    /**
     * The bus that a device is on, for what is not a reading.
     *
     * @throws IllegalArgumentException when the profile id is unknown or does not speak Modbus
     */
    public static RegisterBus bus(DeviceAddress address) {
        Profile profile = profile(address.profile());
        require(speaksModbus(profile.id()), profile, "Modbus");
        return switch (address.wire()) {
            case Wire.Serial(String path, int baud) ->
                bus(List.of(profile), new SerialLine(path, baud == 0 ? profile.baud() : baud));
            case Wire.Tcp(String host, int port) -> new TcpBus(host, port);
            case Wire.RtuOverTcp(String host, int port) -> bus(List.of(profile), gateway(host, port));
        };
    }

    private static RegisterBus bus(List<Profile> profiles, ByteLine line) {
        // The slowest of them sets the silence between requests.
        int gapMillis = profiles.stream().mapToInt(Profile::gapMillis).max().orElse(0);
        return switch (profiles.getFirst().protocol()) {
            case MODBUS -> new RtuBus(line, gapMillis);
            case JK_PB -> new DialectBus(new JkPb(), line, gapMillis);
            case JUNCTEK -> new DialectBus(new Junctek(), line, gapMillis);
            // These two are asked without a unit: whoever hears it would answer.
            case JBD ->
                new DialectBus(new Jbd(), line, alone(profiles, line.where()).gapMillis());
            case DALY_A5 ->
                new DialectBus(new DalyA5(), line, alone(profiles, line.where()).gapMillis());
            case VEDIRECT -> throw new IllegalStateException("VE.Direct has no registers");
        };
    }

    private static List<Device> onBus(
            List<DeviceAddress> addresses, List<Profile> profiles, RegisterBus bus, InstantSource clock) {
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            if (profiles.get(i).protocol() != profiles.getFirst().protocol()) {
                throw new IllegalArgumentException("profiles \"%s\" and \"%s\" cannot share the wire %s"
                        .formatted(profiles.getFirst().id(), profiles.get(i).id(), bus.where()));
            }
            devices.add(onBus(profiles.get(i), bus, unit(addresses.get(i)), clock));
        }
        return devices;
    }

    private static Device onBus(Profile profile, RegisterBus bus, int unit, InstantSource clock) {
        return new ModbusDevice(profile, bus, unit, clock);
    }

    private static Profile alone(List<Profile> profiles, String path) {
        if (profiles.size() > 1) {
            throw new IllegalArgumentException(
                    "a device of profile \"" + profiles.getFirst().id() + "\" must be alone on its wire, but " + path
                            + " is given " + profiles.size() + " times");
        }
        return profiles.getFirst();
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

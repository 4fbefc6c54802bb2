package sunpeer.drivers;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.profile.ModbusDevice;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Profiles;
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
        return openTogether(List.of(address), clock).getFirst();
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
        List<Profile> profiles =
                addresses.stream().map(address -> profile(address.profile())).toList();
        Profile first = profiles.getFirst();
        // The slowest of them sets the silence between requests.
        int gapMillis = profiles.stream().mapToInt(Profile::gapMillis).max().orElse(0);
        return switch (addresses.getFirst().wire()) {
            case Wire.Serial(String path, int _) -> {
                profiles.forEach(profile -> require(profile.serial(), profile, "a serial port"));
                SerialLine line = new SerialLine(path, baud(addresses, profiles));
                yield switch (first.protocol()) {
                    case VEDIRECT -> List.of(new VeDirectDevice(alone(profiles, path), line, clock));
                    case MODBUS -> onBus(addresses, profiles, new RtuBus(line, gapMillis), clock);
                };
            }
            case Wire.Tcp(String host, int port) -> {
                profiles.forEach(profile -> require(profile.tcp(), profile, "TCP"));
                yield onBus(addresses, profiles, new TcpBus(host, port), clock);
            }
            case Wire.RtuOverTcp(String host, int port) -> {
                profiles.forEach(profile -> require(
                        profile.serial() && profile.protocol() == Profile.Protocol.MODBUS, profile, "RTU over TCP"));
                yield onBus(addresses, profiles, new RtuBus(new TcpLine(host, port), gapMillis), clock);
            }
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
            devices.add(new ModbusDevice(profiles.get(i), bus, unit(addresses.get(i)), clock));
        }
        return devices;
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

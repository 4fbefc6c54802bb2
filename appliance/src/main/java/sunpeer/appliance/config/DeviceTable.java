package sunpeer.appliance.config;

import java.util.List;
import java.util.Optional;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;

/** Checks one table that names a device, and builds its address. Confined to one call of the reader. */
final class DeviceTable {
    private final Settings settings;
    private final DeviceKeys keys;

    DeviceTable(Settings settings, DeviceKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /** Whether the file names such a device at all. */
    boolean isThere() {
        return keys.all().stream().anyMatch(settings::has);
    }

    boolean isWired() {
        return wires().stream().anyMatch(settings::has);
    }

    private List<Key<?>> wires() {
        return List.of(keys.port, keys.tcp, keys.rtuTcp);
    }

    void checkIfThere() {
        if (isThere()) {
            check();
        }
    }

    void check() {
        List<Key<?>> given = wires().stream().filter(settings::has).toList();
        given.stream()
                .skip(1)
                .forEach(key -> settings.wrong(
                        key,
                        "cannot be given together with " + given.getFirst().name() + ": keep the one that is wired"));
        boolean named = settings.has(keys.profile);
        if (given.isEmpty() && named) {
            settings.wrong(
                    keys.port,
                    "is missing: give " + keys.port.form().wanted() + " (or tcp or rtu_tcp, "
                            + keys.tcp.form().wanted() + ")");
        }
        boolean optional = keys.profile.otherwise() instanceof Key.Otherwise.Nothing;
        if (optional && !named) {
            settings.wrong(
                    keys.profile, "is missing: give " + keys.profile.form().wanted());
        }
        if (!given.isEmpty()
                && !settings.has(keys.port)
                && settings.given(keys.baud).filter(baud -> baud > 0).isPresent()) {
            settings.warn(keys.baud, "has no meaning with " + given.getFirst().name());
        }
        settings.given(keys.port)
                .filter(port -> port.startsWith("/dev/ttyUSB") || port.startsWith("/dev/ttyACM"))
                .ifPresent(port -> settings.warn(
                        keys.port, "may change when adapters are plugged: its name under /dev/serial/by-id stays"));
    }

    DeviceAddress address() {
        int baud = settings.must(keys.baud);
        Optional<Wire> serial = settings.given(keys.port).map(port -> new Wire.Serial(port, baud));
        Optional<Wire> tcp = settings.given(keys.tcp).map(at -> new Wire.Tcp(at.host(), at.port()));
        Wire wire = serial.or(() -> tcp).orElseGet(() -> {
            Forms.Endpoint at = settings.must(keys.rtuTcp);
            return new Wire.RtuOverTcp(at.host(), at.port());
        });
        return new DeviceAddress(settings.must(keys.profile), wire, settings.must(keys.unit));
    }
}

package sunpeer.appliance.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.WireDefaults;

/** Which device a command is about: that of a configuration, or one that is named on the command line. */
final class DeviceOptions {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int PORT_MAX = 65_535;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Console.NODE_CONFIG,
            description = "the node's configuration (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    Path config;

    @Option(names = "--monitor", description = "the device under [monitor] instead of the controller")
    private boolean monitor;

    @Option(
            names = "--profile",
            paramLabel = "ID",
            description = "without a configuration: make of the device, with one of the next three")
    @Nullable
    String profile;

    @Option(names = "--port", paramLabel = "DEVICE", description = "its serial port")
    private @Nullable String port;

    @Option(names = "--tcp", paramLabel = "HOST[:PORT]", description = "its address for Modbus TCP")
    private @Nullable String tcp;

    @Option(names = "--rtu-tcp", paramLabel = "HOST:PORT", description = "its address for Modbus RTU over TCP")
    private @Nullable String rtuTcp;

    @Option(names = "--unit", paramLabel = "N", description = "its Modbus unit (that of the profile)")
    int unit;

    @Option(names = "--baud", paramLabel = "N", description = "speed of the port (that of the profile)")
    private int baud;

    /** What was chosen, or how the command ends after the reason was printed. */
    sealed interface Choice {
        /** @param config where the device is that of a configuration */
        record Ok(DeviceAddress address, Duration period, Optional<NodeConfig> config) implements Choice {}

        record Failed(int exit) implements Choice {}
    }

    Choice choose(Console console) {
        if (profile == null) {
            if (port != null || tcp != null || rtuTcp != null) {
                return usage(console, "--port, --tcp and --rtu-tcp need --profile: one of " + ids());
            }
            return console.node(config).map(node -> configured(console, node)).orElse(new Choice.Failed(Exit.CONFIG));
        }
        if (!Devices.profileIds().contains(profile)) {
            return usage(console, "there is no profile \"" + profile + "\": --profile is one of " + ids());
        }
        WireDefaults defaults = Devices.defaults(profile);
        Optional<Wire> wire = wire(defaults);
        if (wire.isEmpty()) {
            return usage(console, "--profile goes together with one of --port, --tcp HOST[:PORT], --rtu-tcp HOST:PORT");
        }
        int asked = unit > 0 ? unit : Math.max(1, defaults.unit());
        return new Choice.Ok(new DeviceAddress(profile, wire.get(), asked), PERIOD, Optional.empty());
    }

    private Choice configured(Console console, NodeConfig node) {
        if (!monitor) {
            return new Choice.Ok(node.controller().address(), node.controller().pollPeriod(), Optional.of(node));
        }
        if (node.monitor().orElse(null) instanceof NodeConfig.Monitor.Shunt) {
            return usage(
                    console,
                    "the [monitor] of " + config
                            + " is a shunt on this board: `sunpeer run` reads it, the page shows it");
        }
        return node.monitor()
                .flatMap(NodeConfig.Monitor::wired)
                .<Choice>map(address -> new Choice.Ok(address, node.controller().pollPeriod(), Optional.of(node)))
                .orElseGet(() -> usage(console, "there is no [monitor] in " + config));
    }

    private static String ids() {
        return String.join(", ", Devices.profileIds());
    }

    private static Choice usage(Console console, String reason) {
        console.failed(reason);
        return new Choice.Failed(Exit.USAGE);
    }

    private Optional<Wire> wire(WireDefaults defaults) {
        int given = (port == null ? 0 : 1) + (tcp == null ? 0 : 1) + (rtuTcp == null ? 0 : 1);
        if (given != 1) {
            return Optional.empty();
        }
        if (port != null) {
            return Optional.of(new Wire.Serial(port, baud));
        }
        return tcp != null
                ? address(tcp, defaults.tcpPort()).map(Address::tcp)
                : address(String.valueOf(rtuTcp), 0).map(Address::rtuOverTcp);
    }

    /** Host and port. */
    record Address(String host, int port) {
        Wire tcp() {
            return new Wire.Tcp(host, port);
        }

        Wire rtuOverTcp() {
            return new Wire.RtuOverTcp(host, port);
        }
    }

    /** @param otherwise port number where none is given; 0 if one must be */
    static Optional<Address> address(String text, int otherwise) {
        boolean bare = text.indexOf(':') < 0 || (text.startsWith("[") && text.endsWith("]"));
        int colon = bare ? text.length() : text.lastIndexOf(':');
        String digits = bare ? String.valueOf(otherwise) : text.substring(colon + 1);
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        if (host.isBlank() || !digits.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(digits);
        return number < 1 || number > PORT_MAX ? Optional.empty() : Optional.of(new Address(host, number));
    }
}

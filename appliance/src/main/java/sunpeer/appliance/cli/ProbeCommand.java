package sunpeer.appliance.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import sunpeer.appliance.config.ConfigReader;
import sunpeer.appliance.config.ConfigResult;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.probe.Probe;
import sunpeer.drivers.probe.ProbeReport;
import sunpeer.drivers.probe.ProbeReport.Outcome;
import sunpeer.drivers.probe.SerialPorts;

/** {@code sunpeer probe}: what is on a wire. */
@Command(
        name = "probe",
        description = {
            "Finds out what is at the end of a wire and prints what to put into the",
            "configuration. Listens first, then only reads; never writes; stops where",
            "another master is heard. Takes up to a minute a port.",
            "Without an argument: lists the serial ports and probes each that is free."
        },
        footer = {
            "Exit codes: 0 found, 1 nothing found, 75 not probed because a port is in use",
            "or another master is on the line."
        },
        mixinStandardHelpOptions = true)
final class ProbeCommand implements Callable<Integer> {
    private static final int MODBUS_TCP = 502;
    private static final String TCP = "tcp:";
    private static final String RTU_TCP = "rtu-tcp:";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PORT",
            arity = "0..1",
            description = "a serial port, tcp:HOST[:PORT] or rtu-tcp:HOST:PORT (a serial gateway)")
    private @Nullable String target;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Console.NODE_CONFIG,
            description = "its ports are left alone without an argument (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(names = "--json", description = "print as JSON, one object a wire")
    private boolean json;

    @Override
    public Integer call() {
        Console console = Console.of(spec, json);
        if (target == null) {
            return all(console);
        }
        Probe probe = new Probe(InstantSource.system());
        boolean network = target.startsWith(TCP);
        boolean gateway = target.startsWith(RTU_TCP);
        if (!network && !gateway) {
            return show(console, probe.serial(target));
        }
        var address = network
                ? DeviceOptions.address(target.substring(TCP.length()), MODBUS_TCP)
                : DeviceOptions.address(target.substring(RTU_TCP.length()), 0);
        if (address.isEmpty()) {
            console.failed(target + " is not " + (network ? "tcp:HOST[:PORT]" : "rtu-tcp:HOST:PORT"));
            return Exit.USAGE;
        }
        String host = address.get().host();
        int port = address.get().port();
        return show(console, network ? probe.tcp(host, port) : probe.rtuOverTcp(host, port));
    }

    private int all(Console console) {
        List<SerialPorts.Port> ports = SerialPorts.list(Path.of("/dev"), assigned());
        if (ports.isEmpty()) {
            console.failed("no serial port is there: plug the adapter in, or name a port or address;"
                    + " see sunpeer probe --help");
            return Exit.FAILED;
        }
        List<Integer> codes = new ArrayList<>();
        for (SerialPorts.Port port : ports) {
            codes.add(show(
                    console,
                    port.holder()
                            .map(holder -> new ProbeReport(
                                    port.path(), List.of(), new Outcome.NotProbed("in use by " + holder)))
                            .orElseGet(() -> new Probe(InstantSource.system()).serial(port.path()))));
        }
        return codes.contains(Exit.OK) ? Exit.OK : codes.contains(Exit.TRY_AGAIN) ? Exit.TRY_AGAIN : Exit.FAILED;
    }

    /** Ports of the configuration, if there is a good one. */
    private Collection<String> assigned() {
        if (!Files.exists(config)
                || !(ConfigReader.node(config, Console.defaults()) instanceof ConfigResult.Ok<NodeConfig> ok)) {
            return List.of();
        }
        NodeConfig node = ok.config();
        return Stream.concat(
                        Stream.of(node.controller().address()),
                        node.monitor().flatMap(NodeConfig.Monitor::wired).stream())
                .map(DeviceAddress::wire)
                .flatMap(wire -> wire instanceof Wire.Serial(String path, int _) ? Stream.of(path) : Stream.empty())
                .toList();
    }

    private static int show(Console console, ProbeReport report) {
        if (console.json()) {
            console.out().println(ProbeText.json(report));
        } else {
            ProbeText.page(report).forEach(console.out()::println);
        }
        console.out().flush();
        return switch (report.outcome()) {
            case Outcome.Found _ -> Exit.OK;
            case Outcome.Stranger _, Outcome.Nothing _ -> Exit.FAILED;
            case Outcome.OtherMaster _, Outcome.NotProbed _ -> Exit.TRY_AGAIN;
        };
    }
}

package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.Device;
import sunpeer.drivers.Devices;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** {@code sunpeer read}: what the charge controller says, without the service. */
@Command(
        name = "read",
        description = {
            "Reads the charge controller of a configuration and prints what it says.",
            "Stop the service first: one wire has one master."
        },
        mixinStandardHelpOptions = true)
final class ReadCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Console.NODE_CONFIG,
            description = "the node's configuration (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "read so often (${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--json", description = "print as JSON, one object a reading")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Console console = Console.of(spec, json);
        if (count < 1) {
            console.failed("--count is at least 1");
            return Exit.USAGE;
        }
        Optional<NodeConfig> read = console.node(config);
        if (read.isEmpty()) {
            return Exit.CONFIG;
        }
        int code = Exit.OK;
        try (Device controller = Devices.open(read.get().controller().address(), InstantSource.system())) {
            for (int done = 0; done < count; done++) {
                if (done > 0) {
                    TimeUnit.MILLISECONDS.sleep(
                            read.get().controller().pollPeriod().toMillis());
                }
                code = print(console, controller.read());
            }
        } catch (IllegalArgumentException wrongAddress) {
            console.failed(String.valueOf(wrongAddress.getMessage()));
            return Exit.CONFIG;
        }
        return code;
    }

    private static int print(Console console, ReadResult result) {
        return switch (result) {
            case ReadResult.Failed(var fault) -> {
                console.failed(fault.message());
                yield Exit.FAILED;
            }
            case ReadResult.Ok(Reading reading, var _) -> {
                console.out().println(console.json() ? json(reading) : text(reading));
                console.out().flush();
                yield Exit.OK;
            }
        };
    }

    private static Map<String, Value> values(Reading reading) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("battery_v", reading.batteryV());
        values.put("battery_a", reading.batteryA());
        values.put("battery_c", reading.batteryC());
        values.put("charge_a", reading.chargeA());
        values.put("load_a", reading.loadA());
        values.put("load_w", reading.loadW());
        values.put("pv_v", reading.pvV());
        values.put("pv_a", reading.pvA());
        values.put("pv_w", reading.pvW());
        values.put("pv_energy_total_wh", reading.pvEnergyTotalWh());
        values.put("controller_soc_percent", reading.controllerSocPercent());
        return values;
    }

    private static String text(Reading reading) {
        StringBuilder text = new StringBuilder(reading.origin()).append('\n');
        values(reading).forEach((name, value) -> {
            String number = Double.isNaN(value.number()) ? "-" : String.format(Locale.ROOT, "%.2f", value.number());
            String quality = value.isGood() ? "" : "  " + value.quality().name().toLowerCase(Locale.ROOT);
            text.append(String.format(Locale.ROOT, "  %-24s %10s%s%n", name, number, quality));
        });
        return text.append(String.format(
                        Locale.ROOT,
                        "  %-24s %10s",
                        "stage",
                        reading.stage().name().toLowerCase(Locale.ROOT)))
                .toString();
    }

    private static String json(Reading reading) {
        var json = JsonWriter.string()
                .object()
                .value("at", reading.at().toString())
                .value("origin", reading.origin())
                .value("stage", reading.stage().name().toLowerCase(Locale.ROOT));
        values(reading).forEach((name, value) -> {
            if (Double.isNaN(value.number())) {
                json.nul(name);
            } else {
                json.value(name, value.number());
            }
        });
        json.object("quality");
        values(reading).forEach((name, value) -> {
            if (!value.isGood()) {
                json.value(name, value.quality().name().toLowerCase(Locale.ROOT));
            }
        });
        return json.end().end().done();
    }
}

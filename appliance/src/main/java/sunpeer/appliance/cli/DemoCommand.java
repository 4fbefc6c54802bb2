package sunpeer.appliance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.demo.Demo;
import sunpeer.appliance.service.Exit;

/** {@code sunpeer demo}: the whole market on one machine. */
@Command(
        name = "demo",
        description = {
            "Runs a broker, a gateway and three solar peers on this machine.",
            "Each peer has its charge controller on a real wire; simulated are sun,",
            "batteries and copper. Ctrl-C ends it."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = {
                "end after N simulated days with a table for each peer;",
                "exit code 0 only if everything verified"
            })
    private @Nullable Integer days;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "720",
            description = "how fast the shared clock runs; 720 makes a day of two minutes (${DEFAULT-VALUE})")
    private int speed;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "19",
            description = "of the weather and the faults (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--faults",
            description = {
                "spoil the wires of the charge controllers now and then:",
                "noise, late answers, pulled plugs and more"
            })
    private boolean faults;

    @Option(names = "--dir", paramLabel = "DIR", description = "keep everything here (a new temporary directory)")
    private @Nullable Path directory;

    @Option(names = "--json", description = "print JSON, one object a line")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = Console.of(spec, json);
        if (speed < 1 || speed > 2000 || (days != null && days < 1)) {
            console.failed("--speed is from 1 to 2000 and --days at least 1");
            return Exit.USAGE;
        }
        Path kept = directory == null ? Files.createTempDirectory("sunpeer-demo-") : directory.toAbsolutePath();
        Files.createDirectories(kept);
        try (var there = Files.list(kept)) {
            if (there.findAny().isPresent()) {
                console.failed(kept + " is not empty: a demo begins anew each time, give another directory");
                return Exit.USAGE;
            }
        }
        var settings = new Demo.Settings(kept, Optional.ofNullable(days), speed, seed, faults, json);
        Demo demo = new Demo(settings, InstantSource.system(), console.out());
        Thread hook = Thread.ofPlatform().name("stop").unstarted(demo::close);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return demo.run();
        } catch (IOException e) {
            console.failed(String.valueOf(e.getMessage()));
            return Exit.FAILED;
        }
    }
}

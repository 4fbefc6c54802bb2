package sunpeer.appliance.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import sunpeer.drivers.Devices;

/** The entrance of the program. */
@Command(
        name = "sunpeer",
        description = "A solar-powered board as a peer of a decentralised intelligence market.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        subcommands = {
            RunCommand.class,
            GatewayCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            ProbeCommand.class,
            ReadCommand.class,
            LoadCommand.class,
            ClockCommand.class,
            LedgerCommand.class,
            SimulateCommand.class,
            SizeCommand.class,
            BenchCommand.class,
            ConfigCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Give a command.");
    }

    /** Runs a command line and returns its exit code. */
    public static int execute(String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(args);
    }

    /** Called by the Java launcher. */
    public static void main(String[] args) {
        Devices.takeProfiles(Path.of(Console.PROFILES));
        System.exit(execute(args));
    }
}

package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;

/** {@code sunpeer version}. */
@Command(
        name = "version",
        description = "Prints the version of the program and of the Java that runs it.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer>, IVersionProvider {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "print as JSON")
    private boolean json;

    static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"sunpeer " + version()};
    }

    @Override
    public Integer call() {
        String java =
                System.getProperty("java.vendor.version", Runtime.version().toString());
        String line = json
                ? JsonWriter.string()
                        .object()
                        .value("sunpeer", version())
                        .value("java", java)
                        .value("arch", System.getProperty("os.arch"))
                        .end()
                        .done()
                : "sunpeer " + version() + " on " + java + ", " + System.getProperty("os.arch");
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }
}

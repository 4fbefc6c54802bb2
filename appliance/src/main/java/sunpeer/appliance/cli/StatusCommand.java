package sunpeer.appliance.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;

/** {@code sunpeer status}: what a running node shows on its page, in a terminal. */
@Command(name = "status", description = "Shows what a running node is doing and why.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "address of the node's page (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Option(names = "--json", description = "print as JSON")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Console console = Console.of(spec, json);
        URI page = url.resolve(json ? "/api/state" : "/api/status.txt");
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            HttpRequest request = HttpRequest.newBuilder(page).timeout(LIMIT).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                console.failed(page + " answers " + answer.statusCode() + ": is this a sunpeer node?");
                return Exit.FAILED;
            }
            console.out().println(answer.body().stripTrailing());
            console.out().flush();
            return Exit.OK;
        } catch (IOException | IllegalArgumentException e) {
            console.failed("nothing answers at " + url + ": does the node run, and is its page on this port?"
                    + " (web.port in its configuration, then --url)");
            return Exit.FAILED;
        }
    }
}

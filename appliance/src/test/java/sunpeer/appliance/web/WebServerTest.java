package sunpeer.appliance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.node.NodeView;

class WebServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final AtomicReference<NodeView> view = new AtomicReference<>(SampleViews.waiting());
    private final HttpClient client = HttpClient.newHttpClient();
    private WebServer server;

    @BeforeEach
    void start() throws IOException {
        server = WebServer.start(ANY_PORT, view::get, SampleViews.ZONE);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    private static HttpRequest request(WebServer server, String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody())
                .build();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return client.send(request(server, method, path), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void servesThePageUnderAPolicyThatNamesItsOwnScriptOnly() throws Exception {
        HttpResponse<String> answer = send("GET", "/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(NodePage.of(view.get(), SampleViews.ZONE));
        assertThat(header(answer, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(answer, "cache-control")).isEqualTo("no-store");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'sha256-")
                .doesNotContain("unsafe", "http:", "*");
    }

    @Test
    void showsTheNewestView() throws Exception {
        view.set(SampleViews.running());
        HttpResponse<String> answer = send("GET", "/api/state?any=query");
        assertThat(header(answer, "content-type")).isEqualTo("application/json");
        assertThat(new ObjectMapper().readTree(answer.body()).at("/state").textValue())
                .isEqualTo("running");
        assertThat(send("GET", "/api/status.txt").body()).contains("Running: forecast of window 1234");
    }

    @Test
    void headHasNoBodyButItsLength() throws Exception {
        HttpResponse<String> answer = send("HEAD", "/api/status.txt");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(Integer.parseInt(header(answer, "content-length"))).isGreaterThan(200);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        for (String path : new String[] {"/nothing", "/api", "/api/state/", "/..%2f..%2fetc/passwd"}) {
            assertThat(send("GET", path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(send("GET", "/nothing").body()).contains("<a href=\"/\">To the node</a>");
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
            HttpResponse<String> answer = send(method, "/");
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(header(answer, "allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void answersABoundedNumberAtOnce() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Supplier<NodeView> slow = () -> {
            try {
                held.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return SampleViews.waiting();
        };
        try (WebServer busy = WebServer.start(ANY_PORT, slow, SampleViews.ZONE)) {
            var answers = IntStream.range(0, 12)
                    .mapToObj(i -> client.sendAsync(request(busy, "GET", "/api/status.txt"), BodyHandlers.ofString()))
                    .toList();
            CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();
            held.countDown();
            var statuses =
                    answers.stream().map(answer -> answer.join().statusCode()).toList();
            assertThat(statuses).contains(200, 503).containsOnly(200, 503);
        }
    }

    @Test
    void aViewThatFailsIsAnAnswerToo() throws Exception {
        Supplier<NodeView> broken = () -> {
            throw new IllegalStateException("secret detail");
        };
        try (WebServer web = WebServer.start(ANY_PORT, broken, SampleViews.ZONE)) {
            HttpResponse<String> answer = client.send(request(web, "GET", "/"), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret");
        }
    }

    @Test
    void aTakenPortIsSaidWithWhatToDo() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        assertThatThrownBy(() -> WebServer.start(taken, view::get, SampleViews.ZONE))
                .isInstanceOf(PortUnavailableException.class)
                .hasMessageContaining("127.0.0.1 port " + server.port())
                .hasMessageContaining("choose another port");
        assertThatThrownBy(() -> WebServer.start(
                        InetSocketAddress.createUnresolved("no.such.name", 80), view::get, SampleViews.ZONE))
                .isInstanceOf(PortUnavailableException.class)
                .hasMessageContaining("no.such.name");
    }
}

package sunpeer.appliance.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.node.NodeView;

/** The page in a real browser: its script may run, nothing is blocked, and a phone needs no scrolling sideways. */
class BrowserTest {
    private static final int PHONE_PX = 390;

    @TempDir
    private Path directory;

    @Test
    void theScriptRunsUnderThePolicy() throws Exception {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (WebServer web = WebServer.start(anyPort, SampleViews::running, SampleViews.ZONE)) {
            String page = browse("http://127.0.0.1:" + web.port() + "/");
            assertThat(page).contains("allotment-7").containsPattern("id=\"live\"[^>]*>live<");
        }
    }

    @Test
    void nothingSticksOutOnAPhone() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, NodeView> views = SampleViews.all();
        views.forEach((name, view) ->
                server.createContext("/" + name, exchange -> answer(exchange, NodePage.of(view, SampleViews.ZONE))));
        server.createContext("/", exchange -> answer(exchange, frames(views.keySet())));
        server.start();
        try {
            String page = browse("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            for (String name : views.keySet()) {
                assertThat(page).contains(name + " sticks out 0 px;");
            }
        } finally {
            server.stop(0);
        }
    }

    /** Each view in a frame as wide as a phone, without its own script; ours writes down how far its content sticks out. */
    private static String frames(Set<String> names) {
        StringBuilder html = new StringBuilder("<!doctype html><p id=found></p>");
        for (String name : names) {
            html.append("<iframe sandbox=allow-same-origin style=\"border:0\" width=")
                    .append(PHONE_PX)
                    .append(" height=800 src=\"/")
                    .append(name)
                    .append("\"></iframe>");
        }
        return html.append("""
                <script>
                onload = () => {
                  for (const frame of document.querySelectorAll('iframe')) {
                    const root = frame.contentDocument.documentElement;
                    const name = frame.contentWindow.location.pathname.slice(1);
                    document.getElementById('found').textContent +=
                        name + ' sticks out ' + (root.scrollWidth - root.clientWidth) + ' px; ';
                  }
                };
                </script>
                """).toString();
    }

    private static void answer(HttpExchange exchange, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    /** The page as it stands after its scripts have run; fails for anything that the browser complains about. */
    private String browse(String url) throws Exception {
        Path errors = directory.resolve("console");
        Path dom = directory.resolve("dom");
        List<String> command =
                new ArrayList<>(List.of(Mosquitto.tool("chromium").toString()));
        command.addAll(List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--virtual-time-budget=3000",
                "--user-data-dir=" + directory.resolve("profile"),
                "--dump-dom",
                url));
        Process browser = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        // That the frames for phones are sandboxed is our own doing.
        assertThat(Files.readString(errors)
                        .lines()
                        .filter(line -> line.contains("CONSOLE") && !line.contains("sandboxed")))
                .as("what the browser's console says")
                .isEmpty();
        return Files.readString(dom);
    }
}

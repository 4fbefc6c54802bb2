package sunpeer.appliance.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.tinylog.Logger;
import sunpeer.appliance.node.NodeView;

/**
 * Shows a node to its local network: page, JSON and text, to read only.
 *
 * <p>Thread-safe. One dispatcher thread, a virtual thread for each request; each request asks once for the newest view and writes
 * what it says. Nobody can make the node work for him: a bounded number of requests are answered at a time, the others are told to
 * come again; a slow or endless request is cut off.
 */
public final class WebServer implements AutoCloseable {
    /** Enough for a family of phones at one answer in five seconds each. */
    private static final int REQUESTS_AT_ONCE = 8;

    static {
        // The JDK's server reads its limits once, from system properties only; what an owner has set stays.
        limit("jdk.httpserver.maxConnections", "64");
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("sun.net.httpserver.maxRspTime", "20");
        limit("sun.net.httpserver.idleInterval", "30");
        limit("sun.net.httpserver.maxIdleConnections", "32");
        limit("sun.net.httpserver.maxReqHeaders", "64");
        limit("sun.net.httpserver.maxReqHeaderSize", "16384");
        // A body is never read; more than this of it closes the connection instead.
        limit("sun.net.httpserver.drainAmount", "4096");
        // Header and body are two small writes: without it each answer waits 40 ms for an acknowledgement.
        limit("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Supplier<NodeView> view;
    private final ZoneId zone;
    private final Semaphore places = new Semaphore(REQUESTS_AT_ONCE);

    private record Answer(int status, String type, String body) {
        static Answer text(int status, String line) {
            return new Answer(status, "text/plain; charset=utf-8", line + "\n");
        }
    }

    private WebServer(HttpServer server, Supplier<NodeView> view, ZoneId zone) {
        this.server = server;
        this.view = view;
        this.zone = zone;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("web-", 0).factory());
    }

    /**
     * Opens the port and answers from now on.
     *
     * @param bind port 0 takes any free one
     * @param view the newest view; asked by many threads
     * @param zone in which page and text tell the time
     * @throws PortUnavailableException when the port cannot be opened
     */
    public static WebServer start(InetSocketAddress bind, Supplier<NodeView> view, ZoneId zone)
            throws PortUnavailableException {
        if (bind.isUnresolved()) {
            throw new PortUnavailableException(
                    "no page: the address " + bind.getHostString() + " is not known on this network",
                    new IOException());
        }
        HttpServer server;
        try {
            server = HttpServer.create(bind, 0);
        } catch (IOException refused) {
            throw new PortUnavailableException(why(bind, refused), refused);
        }
        WebServer web = new WebServer(server, view, zone);
        server.createContext("/", web::handle);
        server.setExecutor(web.threads);
        server.start();
        return web;
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static String why(InetSocketAddress bind, IOException refused) {
        String reason = String.valueOf(refused.getMessage());
        String todo = reason.toLowerCase(Locale.ROOT).contains("permission denied")
                ? "ports below 1024 need CAP_NET_BIND_SERVICE; choose a higher one or grant it to the service"
                : "another program may hold it, or the address is not this machine's; choose another port or stop that program";
        return "no page: cannot listen on " + bind.getAddress().getHostAddress() + " port " + bind.getPort() + ": "
                + reason + "; " + todo;
    }

    /** The port that is open: the one asked for, or the free one that was found. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops at once; open connections are closed. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                exchange.getResponseHeaders().set("Retry-After", "5");
                send(exchange, Answer.text(503, "busy, come again in some seconds"));
                return;
            }
            try {
                send(exchange, answer(exchange));
            } finally {
                places.release();
            }
        }
    }

    private Answer answer(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(405, "this page is to read only");
        }
        try {
            return switch (exchange.getRequestURI().getPath()) {
                case "/" -> new Answer(200, "text/html; charset=utf-8", NodePage.of(view.get(), zone));
                case "/api/state" -> new Answer(200, "application/json", NodeJson.full(view.get()));
                case "/api/status.txt" -> new Answer(200, "text/plain; charset=utf-8", NodeText.of(view.get(), zone));
                case null, default -> new Answer(404, "text/html; charset=utf-8", NodePage.notFound());
            };
        } catch (RuntimeException wrong) {
            Logger.error(wrong, "the page could not be made");
            return Answer.text(500, "the page could not be made; the node's log says why");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", Look.HOUSE.policy());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}

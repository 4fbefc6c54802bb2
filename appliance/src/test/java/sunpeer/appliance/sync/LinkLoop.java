package sunpeer.appliance.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import sunpeer.appliance.node.Event;

/** A process of its own that holds a node's link and says when it is up, until it is killed or its input ends. */
final class LinkLoop {
    private LinkLoop() {}

    static Process start(String id, int port) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LinkLoop.class.getName(),
                        id,
                        Integer.toString(port)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void main(String[] arguments) throws Exception {
        Broker broker = new Broker("127.0.0.1", Integer.parseInt(arguments[1]), Optional.empty(), Optional.empty());
        CountDownLatch up = new CountDownLatch(1);
        NodeLink link = new NodeLink(
                arguments[0],
                broker,
                InstantSource.system(),
                event -> {
                    if (event instanceof Event.LinkUp) {
                        up.countDown();
                    }
                },
                _ -> "{}",
                _ -> "{}",
                new Random(1));
        link.start();
        up.await();
        System.out.write("up\n".getBytes(StandardCharsets.US_ASCII));
        System.out.flush();
        while (System.in.read() >= 0) {
            // Whoever started us ends us.
        }
        link.close();
    }
}

package sunpeer.appliance.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Observer;
import sunpeer.appliance.Patience;
import sunpeer.appliance.Program;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Checkpoint;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.Receipt;
import sunpeer.appliance.market.Payload;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.store.Loaded;
import sunpeer.appliance.store.StoreReader;

/** One day of the whole market in a minute, in which a peer, the gateway and the broker are killed one after the other. */
class DemoTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final List<String> PEERS = List.of("roof", "barn", "mill");

    @TempDir
    private Path directory;

    @Test
    void everyDeathIsSurvivedAndNothingAcknowledgedIsLost() throws Exception {
        Mosquitto.tool("mosquitto");
        try (Program demo = Program.start("demo", "--days", 1, "--speed", 1440, "--json", "--dir", directory)) {
            awaitKind(demo, "reward");
            List<Bytes> promised = new ArrayList<>();
            for (String victim : List.of("barn.toml", "gateway.toml", "mosquitto.conf")) {
                promised.addAll(receipts());
                kill(demo, victim);
                String name = victim.equals("mosquitto.conf") ? "broker" : victim.replace(".toml", "");
                demo.awaitLine(name + " was killed by signal 9, runs again");
            }
            assertThat(promised).isNotEmpty();
            assertThat(seenOnTheBroker()).contains("status", "state", "rewards", "score");
            assertThat(demo.awaitExit(LIMIT))
                    .as(String.join("\n", demo.lines()))
                    .isZero();
            assertSummary(demo);
            assertAllInLog(promised);
        }
    }

    private static void awaitKind(Program demo, String kind) throws Exception {
        demo.awaitLine("\"kind\":\"" + kind + "\"", LIMIT);
    }

    /** kill -9 of the child of the demo that has this word in its command line, and the wait for its successor. */
    private static void kill(Program demo, String word) throws Exception {
        ProcessHandle victim = child(demo, word);
        victim.destroyForcibly();
        Patience.until(
                word + " comes back",
                LIMIT,
                () -> demo.process()
                        .descendants()
                        .anyMatch(other -> other.pid() != victim.pid() && isAbout(other, word)));
    }

    private static ProcessHandle child(Program demo, String word) {
        return demo.process()
                .descendants()
                .filter(process -> isAbout(process, word))
                .findFirst()
                .orElseGet(() -> fail("no process about " + word));
    }

    /** The JDK does not tell arguments that are longer than a page, and a class path is. */
    private static boolean isAbout(ProcessHandle process, String word) {
        try {
            String commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), ISO_8859_1);
            return commandLine.endsWith("/" + word + "\0");
        } catch (IOException gone) {
            return false;
        }
    }

    /** The receipts that the peers hold right now. */
    private List<Bytes> receipts() throws Exception {
        List<Bytes> receipts = new ArrayList<>();
        for (String peer : PEERS) {
            Path store = directory.resolve(peer + "/sunpeer.db");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + store + "?mode=ro");
                    Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("SELECT receipt FROM receipt")) {
                while (row.next()) {
                    receipts.add(Bytes.of(row.getBytes(1)));
                }
            }
        }
        return receipts;
    }

    /** The leaves of the topics that somebody on the broker sees within some seconds. */
    private Set<String> seenOnTheBroker() throws Exception {
        int port = Integer.parseInt(Files.readString(directory.resolve("mosquitto.conf"))
                .lines()
                .findFirst()
                .orElseThrow()
                .split(" ", -1)[1]);
        Set<String> leaves = new TreeSet<>();
        // The process is back, its port a moment later.
        Patience.until("the broker listens", LIMIT, () -> Mosquitto.listens(port));
        try (Observer observer = Observer.on(port)) {
            Patience.until("status, state, score and rewards", LIMIT, () -> {
                observer.seen().forEach(seen -> leaves.add(seen.topic().split("/", -1)[3]));
                return leaves.containsAll(List.of("status", "state", "rewards", "score"));
            });
        }
        return leaves;
    }

    private static void assertSummary(Program demo) throws Exception {
        TreeMap<String, Double> credits = new TreeMap<>();
        for (String line : demo.lines()) {
            if (line.contains("\"kind\":\"summary\"")) {
                JsonNode peer = new ObjectMapper().readTree(line);
                assertThat(peer.at("/verified").booleanValue()).as(line).isTrue();
                credits.put(peer.at("/peer").textValue(), peer.at("/credits").doubleValue());
            }
        }
        assertThat(credits).containsOnlyKeys(PEERS);
        assertThat(credits.values()).allSatisfy(earned -> assertThat(earned).isPositive());
        JsonNode end = new ObjectMapper().readTree(demo.lines().getLast());
        assertThat(end.at("/kind").textValue()).isEqualTo("end");
        assertThat(end.at("/verified").booleanValue()).isTrue();
    }

    /** That the gateway's log, as it lies on the disk now, holds every entry that a receipt was given for. */
    private void assertAllInLog(List<Bytes> promised) {
        List<Bytes> log = entries(directory.resolve("gateway/sunpeer.db"));
        if (!(Payload.parse(parsed(log.getFirst())) instanceof Payload.Parsed.Ok(Payload.Genesis genesis))) {
            fail("no genesis");
            return;
        }
        for (Bytes bytes : promised) {
            if (!(Receipt.parse(bytes) instanceof Receipt.Parsed.Ok(Receipt receipt))
                    || !(Checkpoint.parse(receipt.note(), genesis.gateway())
                            instanceof Checkpoint.Parsed.Ok(Checkpoint signed))) {
                fail("a receipt that cannot be read");
                return;
            }
            Entry entry = parsed(log.get(Math.toIntExact(receipt.proof().index())));
            assertThat(receipt.covers(entry, signed))
                    .as("entry %d", receipt.proof().index())
                    .isTrue();
        }
        for (String peer : PEERS) {
            List<Bytes> copy = entries(directory.resolve(peer + "/sunpeer.db"));
            assertThat(log).as("the copy of %s", peer).startsWith(copy.toArray(Bytes[]::new));
        }
    }

    private static Entry parsed(Bytes bytes) {
        return Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry)
                ? entry
                : fail("an entry that cannot be read");
    }

    private static List<Bytes> entries(Path store) {
        return switch (StoreReader.open(store)) {
            case StoreReader.Opened.Failed(String reason) -> fail(reason);
            case StoreReader.Opened.Ok(StoreReader reader) -> {
                try (reader) {
                    yield switch (reader.load()) {
                        case Loaded.Ok<NodeMemory>(NodeMemory memory) -> memory.entries();
                        case Loaded.Failed<NodeMemory>(String reason) -> fail(reason);
                    };
                }
            }
        };
    }
}

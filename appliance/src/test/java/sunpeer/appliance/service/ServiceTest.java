package sunpeer.appliance.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Home;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Observer;
import sunpeer.appliance.Patience;
import sunpeer.appliance.cli.LedgerChecks;
import sunpeer.appliance.config.ConfigReader;
import sunpeer.appliance.config.ConfigResult;
import sunpeer.appliance.config.Defaults;
import sunpeer.appliance.config.DemoClock;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.EntryType;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.sim.Household;
import sunpeer.appliance.store.Loaded;
import sunpeer.appliance.store.StoreReader;
import sunpeer.drivers.Devices;

/** The services with nothing left out: wire, inference child, store, broker, gateway; only sun and clock are made up. */
class ServiceTest {
    private static final int SPEED = 1440;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    @SuppressWarnings("try") // that services are closed before the end is what is tested
    void twoNodesEarnAndGoOnAfterARestart() throws Exception {
        DemoClock clock = Home.fast(SPEED);
        try (Mosquitto broker = Mosquitto.start(directory);
                GatewayService gateway = gateway(broker.port(), clock);
                Home roof = Home.sunny(Household.THREE.get(0), directory.resolve("roof"), broker.port(), clock);
                Home barn = Home.sunny(Household.THREE.get(1), directory.resolve("barn"), broker.port(), clock);
                NodeService second = node(barn)) {
            NodeView before;
            try (NodeService first = node(roof)) {
                earns(first, second);
                before = first.view();
                assertThat(before.market().verified()).isTrue();
                assertThat(before.market().alarm()).isEmpty();
                assertThat(before.online()).isTrue();
            }
            List<Bytes> kept = entries(roof.data());
            assertThat(types(kept)).isEqualTo(EnumSet.allOf(EntryType.class));
            assertThat(Observer.retained(broker.port(), "sunpeer/1/" + before.id() + "/status")
                            .map(Observer.Seen::text))
                    .contains("offline");

            try (NodeService again = node(roof)) {
                NodeView after = again.view();
                assertThat(after.id()).isEqualTo(before.id());
                assertThat(after.market().uid()).isEqualTo(before.market().uid());
                assertThat(after.market().ledgerSize())
                        .isGreaterThanOrEqualTo(before.market().ledgerSize());
                assertThat(after.market().earned().totalMicro())
                        .isGreaterThanOrEqualTo(before.market().earned().totalMicro());
                assertThat(after.battery().totals().pvWh())
                        .isGreaterThanOrEqualTo(before.battery().totals().pvWh());
                Patience.until(
                        "the ledger grows again",
                        LIMIT,
                        () -> again.view().market().ledgerSize() > kept.size());
            }
            assertThat(entries(roof.data())).startsWith(kept.toArray(Bytes[]::new));
            LedgerChecks.all(roof.data().resolve(Ground.STORE_FILE), directory);

            whatWaitsIsDelivered(gateway, second, broker, clock);
            List<Bytes> log = entries(directory.resolve("gateway/data"));
            assertThat(log).startsWith(entries(roof.data()).toArray(Bytes[]::new));
            assertThat(log).startsWith(entries(barn.data()).toArray(Bytes[]::new));
        }
    }

    private static void earns(NodeService first, NodeService second) throws Exception {
        Patience.until(
                "a reading", LIMIT, () -> first.view().battery().reading().isPresent());
        Patience.until(
                "both are peers",
                LIMIT,
                () -> first.view().market().uid() >= 0 && second.view().market().uid() >= 0);
        Patience.until(
                "a verified reward",
                LIMIT,
                () -> first.view().market().earned().totalMicro() > 0
                        || second.view().market().earned().totalMicro() > 0);
        Patience.until(
                "a measured hour of sun",
                LIMIT,
                () -> first.view().battery().totals().pvWh() > 5);
    }

    @SuppressWarnings("try")
    private void whatWaitsIsDelivered(GatewayService gateway, NodeService second, Mosquitto broker, DemoClock clock)
            throws Exception {
        // An epoch that has just begun in the morning: its forecast is still to be made, and nobody will take it.
        Patience.until("morning", LIMIT, () -> {
            int hour = second.view().at().atOffset(ZoneOffset.UTC).getHour();
            return hour >= 6 && hour < 11 && !second.view().market().epochs().isEmpty();
        });
        long epoch = second.view().market().epoch();
        Patience.until("the next epoch", LIMIT, () -> second.view().market().epoch() > epoch);
        gateway.close();
        Patience.until(
                "an entry waits for the gateway",
                LIMIT,
                () -> second.view().market().outbox() > 0);
        broker.kill();
        Patience.until("no link", LIMIT, () -> !second.view().online());
        assertThat(second.view().link())
                .isIn(
                        "the connection to mqtt://127.0.0.1:" + broker.port() + " was lost",
                        "the broker mqtt://127.0.0.1:" + broker.port()
                                + " refuses the connection: is it running there, on this port?");
        assertThat(second.view().market().outbox()).isPositive();
        broker.startAgain();
        try (GatewayService _ = gateway(broker.port(), clock)) {
            Patience.until(
                    "all delivered",
                    LIMIT,
                    () -> second.view().online() && second.view().market().outbox() == 0);
            second.close();
            assertThat(second.awaitEnd()).isEqualTo(Exit.OK);
        }
    }

    private GatewayService gateway(int brokerPort, DemoClock clock) throws Exception {
        Path toml = Home.gatewayToml(directory.resolve("gateway"), brokerPort, Optional.of(clock));
        var config = good(ConfigReader.gateway(toml, directory));
        return switch (GatewayService.start(config, InstantSource.system(), new SecureRandom())) {
            case GatewayService.Started.Ok(GatewayService service) -> service;
            case GatewayService.Started.Failed(String reason) -> fail(reason);
        };
    }

    private NodeService node(Home home) throws Exception {
        var defaults = new Defaults(ZoneOffset.UTC, directory, Devices.profileIds());
        var config = good(ConfigReader.node(home.toml(), defaults));
        return switch (NodeService.start(config, InstantSource.system(), new SecureRandom())) {
            case NodeService.Started.Ok(NodeService service) -> service;
            case NodeService.Started.Failed(String reason) -> fail(reason);
        };
    }

    private static <T> T good(ConfigResult<T> result) {
        return switch (result) {
            case ConfigResult.Ok<T> ok -> ok.config();
            case ConfigResult.Failed<T> failed -> fail(failed.errors().toString());
        };
    }

    private static List<Bytes> entries(Path data) {
        return switch (StoreReader.open(data.resolve(Ground.STORE_FILE))) {
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

    private static Set<EntryType> types(List<Bytes> entries) {
        Set<EntryType> types = EnumSet.noneOf(EntryType.class);
        entries.forEach(bytes -> {
            if (Entry.parse(bytes) instanceof Entry.Parsed.Ok(Entry entry)) {
                types.add(entry.type());
            }
        });
        return types;
    }
}

package sunpeer.appliance.config;

import java.nio.file.Path;
import java.util.List;

/** Every key of a gateway's file. Immutable. */
final class GatewayKeys {
    final Key<Path> data;
    final Key<Integer> tempoMin = new Key<>(
            "gateway",
            "tempo_min",
            Form.whole("minutes", 1, 1440),
            Key.value(60L),
            "length of an epoch; holds for a new ledger only",
            "60");
    final BrokerKeys broker = new BrokerKeys();
    final ClockKeys clock = new ClockKeys();
    final Schema schema;

    GatewayKeys(Path defaultData) {
        data = NodeKeys.data("gateway", defaultData);
        schema = new Schema(List.of(
                new Table("gateway", "the peer that keeps the ledger", false, List.of(data, tempoMin)),
                broker.table,
                clock.table));
    }
}

package sunpeer.appliance.web;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.node.Story;
import sunpeer.appliance.schedule.PricePolicy;
import sunpeer.appliance.schedule.Reason;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/**
 * A node's view as JSON. The keys carry their unit and always stand in the same order; a key never goes away, what is not known
 * is null. Pure.
 */
public final class NodeJson {
    private NodeJson() {}

    /** Everything: for {@code /api/state} and {@code sunpeer status --json}. */
    public static String full(NodeView view) {
        JsonStringWriter out = JsonWriter.string().object();
        head(out, view);
        peers(out, view.market());
        recent(out, view);
        chart(out, view);
        view.work().prices().ifPresentOrElse(prices -> plan(out, prices), () -> out.nul("plan"));
        return out.end().done();
    }

    /** The same object without its long lists: for MQTT, where each byte costs the radio energy. */
    public static String brief(NodeView view) {
        JsonStringWriter out = JsonWriter.string().object();
        head(out, view);
        return out.end().done();
    }

    private static void head(JsonStringWriter out, NodeView view) {
        out.value("name", view.name())
                .value("id", view.id())
                .value("at", view.at().toString())
                .value("online", view.online())
                .value("link", view.link())
                .value("state", view.reason().code().word())
                .value("reason", view.reason().text())
                .value("stage", view.rest().stage().word());
        text(out, "returns_at", view.rest().returnsAt().map(Instant::toString).orElse(null));
        battery(out, view.battery());
        reading(out, view);
        totals(out, view.battery().totals());
        work(out, view.work());
        market(out, view.market());
    }

    private static void battery(JsonStringWriter out, NodeView.Battery battery) {
        Optional<SocEstimate> soc = battery.soc();
        out.object("battery");
        number(out, "soc_percent", soc.map(known -> 100 * known.fraction()).orElse(Double.NaN), 10);
        number(out, "soc_sigma_percent", soc.map(known -> 100 * known.sigma()).orElse(Double.NaN), 10);
        number(
                out,
                "soc_cautious_percent",
                soc.map(known -> 100 * known.cautious()).orElse(Double.NaN),
                10);
        text(out, "belief", battery.belief());
        text(out, "soc_basis", soc.map(known -> word(known.basis())).orElse(null));
        out.value("sun_up", battery.sunUp());
        text(out, "controller_fault", battery.fault().orElse(null));
        out.end();
    }

    private static void reading(JsonStringWriter out, NodeView view) {
        Reading reading = view.battery().reading().orElse(null);
        out.object("reading");
        text(out, "at", reading == null ? null : reading.at().toString());
        number(
                out,
                "age_s",
                reading == null
                        ? Double.NaN
                        : Duration.between(reading.at(), view.at()).toMillis() / 1000.0,
                1000);
        text(out, "origin", reading == null ? null : reading.origin());
        text(out, "stage", reading == null ? null : word(reading.stage()));
        Map<String, Value> values = values(reading);
        values.forEach((key, value) -> number(out, key, value.number(), 1000));
        out.object("quality");
        values.forEach((key, value) -> {
            if (!value.isGood()) {
                out.value(key, word(value.quality()));
            }
        });
        out.end().end();
    }

    private static Map<String, Value> values(@Nullable Reading reading) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("battery_v", reading == null ? Value.ABSENT : reading.batteryV());
        values.put("battery_a", reading == null ? Value.ABSENT : reading.batteryA());
        values.put("battery_c", reading == null ? Value.ABSENT : reading.batteryC());
        values.put("charge_a", reading == null ? Value.ABSENT : reading.chargeA());
        values.put("load_a", reading == null ? Value.ABSENT : reading.loadA());
        values.put("load_w", reading == null ? Value.ABSENT : reading.loadW());
        values.put("pv_v", reading == null ? Value.ABSENT : reading.pvV());
        values.put("pv_a", reading == null ? Value.ABSENT : reading.pvA());
        values.put("pv_w", reading == null ? Value.ABSENT : reading.pvW());
        values.put("pv_energy_total_wh", reading == null ? Value.ABSENT : reading.pvEnergyTotalWh());
        values.put("controller_soc_percent", reading == null ? Value.ABSENT : reading.controllerSocPercent());
        return values;
    }

    private static void totals(JsonStringWriter out, EnergyMonitor.Totals totals) {
        out.object("totals");
        number(out, "pv_wh", totals.pvWh(), 1000);
        number(out, "load_wh", totals.loadWh(), 1000);
        number(out, "charged_wh", totals.chargedWh(), 1000);
        number(out, "discharged_wh", totals.dischargedWh(), 1000);
        out.end();
    }

    private static void work(JsonStringWriter out, NodeView.Work work) {
        out.object("work");
        number(out, "board_w", work.boardW(), 1000);
        number(out, "board_wh", work.boardWh(), 1000);
        number(out, "price_per_wh", work.prices().map(PricePolicy.Prices::perWh).orElse(Double.NaN), 10_000);
        out.value("inferences", work.inferences())
                .value("trainings", work.trainings())
                .value("deferred", work.deferred())
                .value("failures", work.failures());
        text(out, "model", work.model().isEmpty() ? null : work.model());
        text(out, "running", work.running().orElse(null));
        out.array("waiting");
        for (Reason reason : work.waiting()) {
            out.object()
                    .value("state", reason.code().word())
                    .value("reason", reason.text())
                    .end();
        }
        out.end().end();
    }

    private static void market(JsonStringWriter out, NodeView.Market market) {
        NodeView.Earned earned = market.earned();
        out.object("market");
        number(out, "uid", market.uid() < 0 ? Double.NaN : market.uid());
        out.value("epoch", market.epoch())
                .value("peers", market.peers().size())
                .value("ledger_entries", market.ledgerSize());
        text(out, "ledger_root", market.root().isEmpty() ? null : market.root());
        out.value("ledger_verified", market.verified());
        text(out, "ledger_alarm", market.alarm().orElse(null));
        out.value("outbox_entries", market.outbox());
        number(out, "earned_epoch", earned.epoch() < 0 ? Double.NaN : earned.epoch());
        number(out, "earned_last_credits", earned.lastMicro() / 1e6, 1_000_000);
        number(out, "earned_total_credits", earned.totalMicro() / 1e6, 1_000_000);
        number(out, "stake_credits", earned.stakeMicro() / 1e6, 1_000_000);
        out.value("earned_verified", earned.verified()).end();
    }

    private static void peers(JsonStringWriter out, NodeView.Market market) {
        out.array("peers");
        for (NodeView.PeerLine peer : market.peers()) {
            out.object().value("uid", peer.uid()).value("name", peer.name());
            number(out, "earned_credits", peer.earnedMicro() / 1e6, 1_000_000);
            number(out, "skill_percent", peer.skillPercent() < 0 ? Double.NaN : peer.skillPercent());
            out.end();
        }
        out.end().array("epochs");
        for (NodeView.EpochLine epoch : market.epochs()) {
            out.object().value("epoch", epoch.epoch()).value("sheets", epoch.sheets());
            number(out, "minted_credits", epoch.mintedMicro() / 1e6, 1_000_000);
            number(out, "own_credits", epoch.ownMicro() / 1e6, 1_000_000);
            text(out, "why", epoch.why().isEmpty() ? null : epoch.why());
            out.end();
        }
        out.end();
    }

    private static void recent(JsonStringWriter out, NodeView view) {
        out.array("recent");
        for (Story story : view.recent()) {
            out.object()
                    .value("at", story.at().toString())
                    .value("kind", word(story.kind()))
                    .value("text", story.text())
                    .end();
        }
        out.end();
    }

    /** What is planned, hour by hour: for MQTT. */
    public static String plan(PricePolicy.Prices prices) {
        JsonStringWriter out =
                JsonWriter.string().object().value("at", prices.at().toString());
        number(out, "price_per_wh", prices.perWh(), 10_000);
        plan(out, prices);
        return out.end().done();
    }

    private static void plan(JsonStringWriter out, PricePolicy.Prices prices) {
        out.array("plan");
        for (PricePolicy.Ahead hour : prices.hours()) {
            out.object().value("start", hour.start().toString());
            number(out, "board_w", hour.loadW(), 100);
            number(out, "sun_w", hour.harvestW(), 10);
            number(out, "soc_percent", 100 * hour.socFraction(), 10);
            number(out, "price_per_wh", hour.perWh(), 10_000);
            out.end();
        }
        out.end();
    }

    private static void chart(JsonStringWriter out, NodeView view) {
        out.array("chart");
        for (EnergyMonitor.Point point : view.battery().chart()) {
            out.object().value("at", point.at().toString());
            number(out, "soc_percent", 100 * point.socFraction(), 10);
            number(out, "pv_w", point.pvW(), 10);
            out.end();
        }
        out.end();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void text(JsonStringWriter out, String key, @Nullable String text) {
        if (text == null) {
            out.nul(key);
        } else {
            out.value(key, text);
        }
    }

    /** A whole number, or null for NaN. */
    private static void number(JsonStringWriter out, String key, double whole) {
        if (Double.isNaN(whole)) {
            out.nul(key);
        } else {
            out.value(key, (long) whole);
        }
    }

    /** Rounded, so that no noise of a float reaches a reader; JSON has no NaN and no infinity. */
    private static void number(JsonStringWriter out, String key, double number, long scale) {
        if (Double.isFinite(number)) {
            out.value(key, Math.round(number * scale) / (double) scale);
        } else {
            out.nul(key);
        }
    }
}

package sunpeer.appliance.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.node.Story;
import sunpeer.appliance.schedule.Reason;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** Views of a made-up node in every state that the page knows; the same seed gives the same node. */
final class SampleViews {
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final String HOSTILE = "<script>alert('x')</script>\"\u202e\u0007&<img src=x onerror=alert(1)>";
    private static final Instant EVENING = Instant.parse("2026-05-14T19:52:07Z");
    private static final Instant NOON = Instant.parse("2026-05-14T10:41:32Z");

    private SampleViews() {}

    static Map<String, NodeView> all() {
        Map<String, NodeView> all = new LinkedHashMap<>();
        all.put("waiting", waiting());
        all.put("running", running());
        all.put("new", brandNew());
        all.put("silent", silent());
        all.put("offline", offline());
        all.put("alarm", alarm());
        all.put("odd", oddValues());
        all.put("crowded", crowded());
        return all;
    }

    static NodeView waiting() {
        Reason first = new Reason(
                Reason.Code.WAITING_FOR_SUN,
                "training on 96 windows waits: worth 0.10 a Wh, stored energy will be worth 0.14 (battery at 41 %, at least"
                        + " 35 %); expected to run from Fri 09:00");
        Reason second = new Reason(
                Reason.Code.WAITING_FOR_SUN,
                "calibration of the model waits: worth 0.04 a Wh, stored energy will be worth 0.14 (battery at 41 %, at least"
                        + " 35 %); expected to run from Fri 11:00");
        return new NodeView(
                "allotment-7",
                "3f9a1c0de4b27786",
                EVENING,
                true,
                "connected",
                battery(evening(), new SocEstimate(0.412, 0.031, SocEstimate.Basis.FULL), false),
                first,
                new NodeView.Work(
                        2.13,
                        412.7,
                        1840,
                        96,
                        12,
                        1,
                        "c41f09ab",
                        Optional.empty(),
                        List.of(first, second),
                        SampleCharts.planned(EVENING)),
                market(7, Optional.empty(), 0),
                stories());
    }

    static NodeView running() {
        Reason reason =
                new Reason(Reason.Code.RUNNING, "forecast of window 1234: the battery is full, this sun would be lost");
        Reading reading = reading(NOON.minusSeconds(6), 14.21, 3.42, 118.4, ChargeStage.ABSORPTION);
        return new NodeView(
                "allotment-7",
                "3f9a1c0de4b27786",
                NOON,
                true,
                "connected",
                battery(reading, new SocEstimate(0.963, 0.012, SocEstimate.Basis.FULL), true),
                reason,
                new NodeView.Work(
                        5.84,
                        398.2,
                        1839,
                        96,
                        12,
                        1,
                        "c41f09ab",
                        Optional.of("forecast of window 1234"),
                        List.of(),
                        SampleCharts.planned(NOON)),
                market(7, Optional.empty(), 3),
                stories());
    }

    static NodeView brandNew() {
        return new NodeView(
                "sunpeer",
                "00aa11bb22cc33dd",
                NOON,
                false,
                "not connected yet",
                new NodeView.Battery(
                        Optional.empty(),
                        Optional.empty(),
                        "nothing is known of the battery: no voltage has been read yet",
                        Optional.empty(),
                        true,
                        new EnergyMonitor.Totals(0, 0, 0, 0),
                        List.of()),
                new Reason(Reason.Code.CONTROLLER_SILENT, "the charge controller has not answered yet"),
                new NodeView.Work(2.1, 0, 0, 0, 0, 0, "", Optional.empty(), List.of(), Optional.empty()),
                noMarket(),
                List.of(new Story(NOON, Story.Kind.START, "sunpeer 0.1.0 starts")));
    }

    static NodeView silent() {
        NodeView good = waiting();
        Reading old = reading(EVENING.minus(Duration.ofMinutes(47)), 12.71, -0.31, 0, ChargeStage.OFF);
        String fault =
                "EPEVER Tracer at /dev/ttyUSB0, unit 1: no answer within 500 ms; check the RJ45 plug and its power";
        return with(
                good,
                new NodeView.Battery(
                        Optional.of(old),
                        Optional.of(new SocEstimate(0.44, 0.05, SocEstimate.Basis.VOLTAGE)),
                        "44 % ± 5, counted for 3 h from a guess by voltage; nothing was counted for 47 min, which may have "
                                + "cost up to 5 %; holds 20 Ah by its label",
                        Optional.of(fault),
                        false,
                        good.battery().totals(),
                        SampleCharts.past(old.at(), 0.44)),
                new Reason(Reason.Code.CONTROLLER_SILENT, "the newest reading is 47 min old: " + fault),
                good.market());
    }

    static NodeView offline() {
        NodeView good = waiting();
        return new NodeView(
                good.name(),
                good.id(),
                good.at(),
                false,
                "the broker gateway.local:8883 cannot be reached: connection refused",
                good.battery(),
                good.reason(),
                good.work(),
                market(7, Optional.empty(), 18),
                good.recent());
    }

    static NodeView alarm() {
        NodeView good = running();
        return with(
                good,
                good.battery(),
                good.reason(),
                market(7, Optional.of("the gateway signed two different ledgers of 4321 entries"), 2));
    }

    /** What a half-broken controller and a hostile gateway may bring. */
    static NodeView oddValues() {
        Reading odd = new Reading(
                NOON,
                "<b>Tracer</b> & co",
                new Value(31.9, Quality.SUSPECT),
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                new Value(3.1, Quality.STALE),
                Value.ABSENT,
                Value.ABSENT,
                new Value(4100, Quality.SUSPECT),
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                ChargeStage.UNKNOWN);
        NodeView good = running();
        return new NodeView(
                HOSTILE,
                HOSTILE,
                NOON,
                false,
                HOSTILE,
                new NodeView.Battery(
                        Optional.of(odd),
                        Optional.of(new SocEstimate(0.5, 0.29, SocEstimate.Basis.UNKNOWN)),
                        HOSTILE,
                        Optional.of(HOSTILE),
                        true,
                        new EnergyMonitor.Totals(0, 0, 0, 0),
                        List.of(new EnergyMonitor.Point(NOON, 0.5, Double.NaN))),
                new Reason(Reason.Code.NO_MODEL, HOSTILE),
                new NodeView.Work(
                        2,
                        1,
                        0,
                        0,
                        0,
                        0,
                        HOSTILE,
                        Optional.of(HOSTILE),
                        List.of(new Reason(Reason.Code.BATTERY_LOW, HOSTILE)),
                        Optional.empty()),
                new NodeView.Market(
                        -1,
                        3,
                        9,
                        HOSTILE,
                        false,
                        Optional.of(HOSTILE),
                        1,
                        good.market().earned(),
                        List.of(new NodeView.PeerLine(0, HOSTILE, 1, 3)),
                        List.of(new NodeView.EpochLine(2, 1, 0, 0, HOSTILE))),
                List.of(new Story(NOON, Story.Kind.ALARM, HOSTILE)));
    }

    /** A market of thousands whose peers take the longest and worst names they can. */
    static NodeView crowded() {
        NodeView good = waiting();
        NodeView.Market market = good.market();
        List<NodeView.PeerLine> peers = new ArrayList<>(market.peers());
        for (int uid = 100; uid < 5100; uid++) {
            peers.add(new NodeView.PeerLine(uid, ("<W&" + HOSTILE).repeat(8), 900_000_000L + uid, 55));
        }
        List<Reason> waiting = new ArrayList<>();
        List<Story> recent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waiting.add(new Reason(Reason.Code.BATTERY_LOW, i + "&".repeat(5000)));
            recent.add(new Story(good.at(), Story.Kind.ALARM, i + "\"".repeat(5000)));
        }
        return new NodeView(
                "W".repeat(400),
                good.id(),
                good.at(),
                true,
                "connected",
                good.battery(),
                good.reason(),
                new NodeView.Work(
                        2, 3, 4, 5, 6, 7, "c41f09ab", Optional.empty(), waiting, SampleCharts.planned(EVENING)),
                new NodeView.Market(
                        market.uid(),
                        market.epoch(),
                        market.ledgerSize(),
                        market.root(),
                        true,
                        Optional.empty(),
                        0,
                        market.earned(),
                        peers,
                        market.epochs()),
                recent);
    }

    private static NodeView with(NodeView good, NodeView.Battery battery, Reason reason, NodeView.Market market) {
        return new NodeView(
                good.name(),
                good.id(),
                good.at(),
                good.online(),
                good.link(),
                battery,
                reason,
                good.work(),
                market,
                good.recent());
    }

    private static Reading evening() {
        return reading(EVENING.minusSeconds(12), 12.83, -0.34, 0, ChargeStage.OFF);
    }

    private static Reading reading(Instant at, double volts, double amperes, double pvW, ChargeStage stage) {
        return new Reading(
                at,
                "EPEVER Tracer at /dev/ttyUSB0, unit 1",
                Value.good(volts),
                Value.good(amperes),
                Value.good(pvW / volts),
                Value.good(0.17),
                Value.good(2.2),
                Value.good(pvW > 0 ? 18.4 : 1.2),
                Value.good(pvW / 18.4),
                Value.good(pvW),
                Value.good(17.5),
                new Value(55, Quality.SUSPECT),
                Value.good(48_120),
                stage);
    }

    private static NodeView.Battery battery(Reading reading, SocEstimate soc, boolean sunUp) {
        return new NodeView.Battery(
                Optional.of(reading),
                Optional.of(soc),
                Words.soc(soc) + ", counted for 9 h from full; holds 20 Ah by its label",
                Optional.empty(),
                sunUp,
                new EnergyMonitor.Totals(21_480.4, 6_120.7, 14_950.2, 13_208.9),
                SampleCharts.past(reading.at(), soc.fraction()));
    }

    private static NodeView.Market noMarket() {
        return new NodeView.Market(
                -1,
                0,
                0,
                "",
                false,
                Optional.empty(),
                0,
                new NodeView.Earned(-1, 0, 0, 0, false),
                List.of(),
                List.of());
    }

    private static NodeView.Market market(int uid, Optional<String> alarm, int outbox) {
        Random random = new Random(11);
        List<String> names = List.of(
                "gateway", "hill-barn", "south-roof", HOSTILE, "Ünter den Linden 太陽", "school-lab", "x", "allotment-7");
        List<NodeView.PeerLine> peers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int skill = i == uid ? -1 : i == 6 ? -1 : 40 + random.nextInt(50);
            peers.add(new NodeView.PeerLine(
                    i, names.get(i), i == uid ? 31_482_907 : random.nextLong(1_000_000, 90_000_000), skill));
        }
        List<NodeView.EpochLine> epochs = new ArrayList<>();
        for (long epoch = 1224; epoch < 1234; epoch++) {
            boolean poor = epoch == 1231;
            epochs.add(new NodeView.EpochLine(
                    epoch,
                    poor ? 1 : 6,
                    poor ? 0 : 1_000_000,
                    poor ? 0 : random.nextLong(80_000, 240_000),
                    poor ? "one score sheet is no consensus, nothing minted" : ""));
        }
        return new NodeView.Market(
                uid,
                1234,
                4321,
                "9be1c7f2a04d",
                alarm.isEmpty(),
                alarm,
                outbox,
                new NodeView.Earned(1233, 171_204, 31_482_907, 41_482_907, alarm.isEmpty()),
                peers,
                epochs);
    }

    private static List<Story> stories() {
        List<Story> stories = new ArrayList<>();
        stories.add(story(
                4, Story.Kind.WAIT, "training on 96 windows waits: worth 0.10 a Wh, stored energy will be worth 0.14"));
        stories.add(
                story(9, Story.Kind.DONE, "forecast of window 1234 by model c41f09ab: 24 rows in 0.41 s, 0.0006 Wh"));
        stories.add(story(
                10,
                Story.Kind.DONE,
                "forecast of window 1234: battery at 42 %, worth 0.25 a Wh where stored energy is worth 0.09"));
        stories.add(
                story(
                        31,
                        Story.Kind.REWARD,
                        "epoch 1233 verified: earned 0.171 of 1.000 credits, 31.483 in all; ledger of 4321 entries, root 9be1c7f2a04d"));
        stories.add(story(88, Story.Kind.BATTERY, "battery 47 % ± 3, 12.9 V; sun 4 W; nothing to do just now"));
        stories.add(story(140, Story.Kind.LINK, "connected to the broker"));
        stories.add(story(141, Story.Kind.ALARM, "the gateway refuses: a commitment for window 1230 stands already"));
        stories.add(story(1500, Story.Kind.CONTROLLER, "reads EPEVER Tracer at /dev/ttyUSB0, unit 1"));
        return stories;
    }

    private static Story story(long minutesAgo, Story.Kind kind, String text) {
        return new Story(EVENING.minus(Duration.ofMinutes(minutesAgo)), kind, text);
    }
}

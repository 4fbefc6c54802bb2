package sunpeer.appliance.node;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.schedule.PricePolicy;
import sunpeer.appliance.schedule.Reason;
import sunpeer.appliance.schedule.Rest;
import sunpeer.drivers.Reading;

/** What people may see of a node, frozen after an event. Page, command line and MQTT read nothing else. Immutable. */
public record NodeView(
        String name,
        String id,
        Instant at,
        boolean online,
        String link,
        Battery battery,
        Reason reason,
        Work work,
        Market market,
        List<Story> recent,
        Rest rest) {
    public NodeView {
        recent = List.copyOf(recent);
    }

    /** Of a node of which nothing rests. */
    public NodeView(
            String name,
            String id,
            Instant at,
            boolean online,
            String link,
            Battery battery,
            Reason reason,
            Work work,
            Market market,
            List<Story> recent) {
        this(name, id, at, online, link, battery, reason, work, market, recent, Rest.NONE);
    }

    /**
     * @param belief what the node believes of the battery and why, one line
     * @param fault what is wrong with the controller, if anything
     * @param totals since the store began
     */
    public record Battery(
            Optional<Reading> reading,
            Optional<SocEstimate> soc,
            String belief,
            Optional<String> fault,
            boolean sunUp,
            EnergyMonitor.Totals totals,
            List<EnergyMonitor.Point> chart) {
        public Battery {
            chart = List.copyOf(chart);
        }
    }

    /**
     * @param boardWh drawn by the board since the start of the process, by its power model
     * @param deferred how often a job had to wait
     * @param model short id of the forecast model, empty before the first
     * @param waiting what waits now and why
     * @param prices what energy is worth and what is planned; empty while the battery is unknown
     */
    public record Work(
            double boardW,
            double boardWh,
            long inferences,
            long deferred,
            long trainings,
            long failures,
            String model,
            Optional<String> running,
            List<Reason> waiting,
            Optional<PricePolicy.Prices> prices) {
        public Work {
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * @param uid -1 before the ledger knows us
     * @param alarm why the ledger is not trusted any more, if so
     * @param outbox entries that the gateway has still to acknowledge
     */
    public record Market(
            int uid,
            long epoch,
            long ledgerSize,
            String root,
            boolean verified,
            Optional<String> alarm,
            int outbox,
            Earned earned,
            List<PeerLine> peers,
            List<EpochLine> epochs) {
        public Market {
            peers = List.copyOf(peers);
            epochs = List.copyOf(epochs);
        }
    }

    /** Rewards that this node recomputed itself, in micro-credits. */
    public record Earned(long epoch, long lastMicro, long totalMicro, long stakeMicro, boolean verified) {}

    /** @param skillPercent our moving score of that peer, -1 before the first */
    public record PeerLine(int uid, String name, long earnedMicro, int skillPercent) {}

    public record EpochLine(long epoch, int sheets, long mintedMicro, long ownMicro, String why) {}
}

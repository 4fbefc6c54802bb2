package sunpeer.appliance.web;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.node.Story;
import sunpeer.drivers.Reading;

/** A node's view in a dozen lines for a terminal. Pure. */
public final class NodeText {
    private static final int LINE = 160;

    private NodeText() {}

    public static String of(NodeView view, ZoneId zone) {
        List<String> lines = new ArrayList<>();
        lines.add(Words.clean(view.name(), 48) + "  " + Words.clean(view.id(), 16) + "  "
                + Words.moment(view.at(), zone));
        lines.add(Words.state(view.reason().code()) + ": "
                + Words.clean(view.reason().text(), 2 * LINE));
        lines.add("");
        view.market().alarm().ifPresent(alarm -> line(lines, "ALARM", "the ledger is not trusted: " + alarm));
        line(lines, "battery", battery(view));
        lines.add(String.format(
                Locale.ROOT, "%-11s %s", "", Words.clean(view.battery().belief(), 2 * LINE)));
        line(lines, "sun", sun(view));
        line(lines, "work", work(view.work()));
        line(lines, "board", board(view.work()));
        line(lines, "energy", view.work().prices().map(Words::price).orElse("no plan while the battery is unknown"));
        line(lines, "earned", earned(view.market()));
        line(lines, "market", market(view.market()));
        line(lines, "ledger", ledger(view.market()));
        line(lines, "link", (view.online() ? "" : "offline: ") + view.link());
        line(lines, "controller", controller(view));
        view.recent().stream().findFirst().ifPresent(story -> line(lines, "last", last(story, view, zone)));
        return String.join("\n", lines) + "\n";
    }

    private static void line(List<String> lines, String label, String text) {
        lines.add(String.format(Locale.ROOT, "%-11s %s", label, Words.clean(text, LINE)));
    }

    private static String battery(NodeView view) {
        Optional<Reading> reading = view.battery().reading();
        String soc = view.battery()
                .soc()
                .map(known -> Words.soc(known) + " (" + Words.basis(known.basis()) + ")")
                .orElse("charge unknown");
        return reading.map(known -> soc + ", " + Words.measured(known.batteryV(), 2, "V") + ", " + Words.flow(known)
                        + (Words.isFresh(view, known) ? "" : ", as it was " + Words.ago(known.at(), view.at())))
                .orElse("no reading yet");
    }

    private static String sun(NodeView view) {
        String where = view.battery().sunUp() ? "above the horizon" : "below the horizon";
        return view.battery()
                .reading()
                .map(known -> Words.measured(known.pvW(), 0, "W") + ", " + where
                        + (Words.isFresh(view, known) ? "" : ", as it was " + Words.ago(known.at(), view.at())))
                .orElse("no reading yet, " + where);
    }

    private static String work(NodeView.Work work) {
        return work.running().map(job -> job + " runs").orElse("nothing runs") + ", "
                + work.waiting().size() + " waiting; "
                + Words.count(work.inferences(), "inference", "inferences") + ", "
                + Words.count(work.trainings(), "training", "trainings") + ", " + work.deferred() + " deferred, "
                + work.failures() + " failed";
    }

    private static String board(NodeView.Work work) {
        return Words.watts(work.boardW()) + " W, " + Words.wattHours(work.boardWh()) + " since the start; "
                + (work.model().isEmpty() ? "no model yet" : "model " + work.model());
    }

    private static String earned(NodeView.Market market) {
        NodeView.Earned earned = market.earned();
        if (earned.epoch() < 0) {
            return "nothing yet";
        }
        return Words.credits(earned.totalMicro()) + " credits, " + Words.credits(earned.lastMicro()) + " in epoch "
                + earned.epoch() + ", " + (earned.verified() ? "verified" : "NOT VERIFIED");
    }

    private static String market(NodeView.Market market) {
        if (market.ledgerSize() == 0) {
            return "not joined yet";
        }
        return "epoch " + market.epoch() + ", " + Words.count(market.peers().size(), "peer", "peers")
                + (market.uid() < 0
                        ? ", not joined yet"
                        : ", uid " + market.uid() + ", stake "
                                + Words.credits(market.earned().stakeMicro()));
    }

    private static String ledger(NodeView.Market market) {
        String outbox = market.outbox() + " to send";
        if (market.ledgerSize() == 0) {
            return "no ledger yet, " + outbox;
        }
        return Words.count(market.ledgerSize(), "entry", "entries") + ", root " + market.root() + ", "
                + (market.verified() ? "verified" : "NOT TRUSTED") + ", " + outbox;
    }

    private static String controller(NodeView view) {
        String reads = view.battery()
                .reading()
                .map(known -> known.origin() + ", read " + Words.ago(known.at(), view.at()))
                .orElse("not read yet");
        return view.battery().fault().map(fault -> fault + "; " + reads).orElse(reads);
    }

    private static String last(Story story, NodeView view, ZoneId zone) {
        return Words.clock(story.at(), view.at(), zone) + " " + story.text();
    }
}

package sunpeer.appliance.demo;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.market.Books;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.service.LedgerCheck;
import sunpeer.appliance.sim.EnergyTotals;

/** The table at the end of a demo, from the stores that the peers left behind: each is verified anew from its first byte. */
final class Summary {
    private record Verified(boolean ok, long entries, Bytes root, Optional<Books> books, String why) {}

    private final List<Peer> peers;
    private final Screen screen;
    private final Path gatewayData;

    Summary(List<Peer> peers, Screen screen, Path gatewayData) {
        this.peers = peers;
        this.screen = screen;
        this.gatewayData = gatewayData;
    }

    /** Prints it; true if everything verified. */
    boolean print() {
        screen.plain("");
        screen.plain(String.format(
                Locale.ROOT,
                "%-8s %8s %8s %6s %11s %9s %9s %9s %8s %8s  %s",
                "peer",
                "sun Wh",
                "load Wh",
                "SoC %",
                "inferences",
                "deferred",
                "trainings",
                "credits",
                "skill %",
                "entries",
                "verified"));
        boolean all = true;
        List<String> whys = new ArrayList<>();
        for (Peer peer : peers) {
            Verified verified = verify(peer.data());
            all &= verified.ok() && peer.state("market").getInt("uid", -1) >= 0;
            line(peer, verified);
            if (!verified.ok()) {
                whys.add("  " + peer.name() + ": " + verified.why());
            }
            int faults = peer.wiring().faults().faults();
            if (faults > 0) {
                whys.add("  " + peer.name() + "'s wire was spoiled " + faults + " times");
            }
            if (!screen.lastWait(peer.name()).isEmpty()) {
                whys.add("  " + peer.name() + " last deferred: " + screen.lastWait(peer.name()));
            }
        }
        Verified gateway = verify(gatewayData);
        all &= gateway.ok();
        screen.plain("");
        whys.forEach(screen::plain);
        screen.plain("  gateway: " + gateway.entries() + " entries, root "
                + gateway.root().shortHex() + ", " + (gateway.ok() ? "verified" : "NOT verified: " + gateway.why()));
        screen.plainJson(JsonWriter.string()
                .object()
                .value("kind", "end")
                .value("verified", all)
                .value("ledger_entries", gateway.entries())
                .value("root", gateway.root().hex())
                .end()
                .done());
        return all;
    }

    private void line(Peer peer, Verified verified) {
        EnergyTotals energy = peer.plant().totals();
        JsonObject work = peer.state("work");
        int uid = peer.state("market").getInt("uid", -1);
        double credits = verified.books()
                .filter(books -> uid >= 0 && uid < books.peers().size())
                .map(books -> (double) books.earnedMicro(uid) / Rules.MICRO_PER_CREDIT)
                .orElse(0.0);
        screen.plain(String.format(
                Locale.ROOT,
                "%-8s %8.1f %8.1f %6.0f %11d %9d %9d %9.3f %8s %8d  %s",
                peer.name(),
                energy.pvWh(),
                energy.loadWh(),
                100 * peer.plant().soc(),
                work.getLong("inferences", 0),
                work.getLong("deferred", 0),
                work.getLong("trainings", 0),
                credits,
                skillOf(uid),
                verified.entries(),
                verified.ok() ? "yes" : "NO"));
        screen.plainJson(JsonWriter.string()
                .object()
                .value("kind", "summary")
                .value("peer", peer.name())
                .value("pv_wh", energy.pvWh())
                .value("load_wh", energy.loadWh())
                .value("soc_percent", 100 * peer.plant().soc())
                .value("inferences", work.getLong("inferences", 0))
                .value("deferred", work.getLong("deferred", 0))
                .value("last_deferred", screen.lastWait(peer.name()))
                .value("trainings", work.getLong("trainings", 0))
                .value("credits", credits)
                .value("ledger_entries", verified.entries())
                .value("verified", verified.ok())
                .end()
                .done());
    }

    /** What the others think of this peer: the mean of their moving scores. */
    private String skillOf(int uid) {
        double sum = 0;
        int voices = 0;
        for (Peer other : peers) {
            for (Object line : other.list("peers")) {
                if (line instanceof JsonObject scored
                        && scored.getInt("uid", -1) == uid
                        && !scored.isNull("skill_percent")) {
                    sum += scored.getDouble("skill_percent", 0);
                    voices++;
                }
            }
        }
        return voices == 0 ? "-" : String.format(Locale.ROOT, "%.0f", sum / voices);
    }

    private static Verified verify(Path data) {
        return switch (LedgerCheck.of(data)) {
            case LedgerCheck.Result.Unreadable(String reason) ->
                new Verified(false, 0, Bytes.EMPTY, Optional.empty(), reason);
            case LedgerCheck.Result.Checked checked ->
                new Verified(
                        checked.isRight(),
                        checked.entries(),
                        checked.root(),
                        checked.books(),
                        String.join(
                                "; ",
                                checked.findings().stream()
                                        .map(finding -> "entry " + finding.index() + ": " + finding.text())
                                        .toList()));
        };
    }
}

package sunpeer.appliance.web;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.node.Story;
import sunpeer.appliance.schedule.PricePolicy;
import sunpeer.appliance.schedule.Reason;
import sunpeer.drivers.Reading;

/** The page below the first screen: the day, the jobs, the market, the ledger, what happened, the controller. Pure. */
final class PageDetails {
    /** Bounds of the lists: the page stays small however large the market grows. */
    private static final int PEERS = 16;

    private static final int EPOCHS = 8;
    private static final int SENTENCE = 240;
    private static final int WAITING = 8;
    private static final int STORIES = 16;

    private final NodeView view;
    private final ZoneId zone;

    PageDetails(NodeView view, ZoneId zone) {
        this.view = view;
        this.zone = zone;
    }

    Html html() {
        Html chart = section(
                "day",
                "Last 24 hours",
                Html.join(List.of(
                        DayChart.past(view.battery().chart(), view.at(), zone).html(), totals())));
        return Html.of(
                "{}{}<div class=\"columns\"><div>{}{}{}</div><div>{}{}{}</div></div>",
                chart,
                section("plan", "Next 48 hours", plan()),
                section("work", "Work", work()),
                section("recent", "What happened", stories()),
                section("controller", "Charge controller", controller()),
                section("market", "Market", peers()),
                section("epochs", "Last epochs", epochs()),
                section("ledger", "Ledger", ledger()));
    }

    private static Html section(String id, String title, Html content) {
        return Html.of(
                "<section class=\"card\" id=\"{}\" data-live aria-labelledby=\"{}-title\"><h2 id=\"{}-title\">{}</h2>{}</section>\n",
                id,
                id,
                id,
                title,
                content);
    }

    private static Html quiet(String text) {
        return Html.of("<p class=\"quiet\">{}</p>", text);
    }

    private static Html facts(List<Html> rows) {
        return Html.of("<dl>{}</dl>", Html.join(rows));
    }

    private static Html fact(String label, Object value) {
        return Html.of("<div><dt>{}</dt><dd>{}</dd></div>", label, value);
    }

    private Html plan() {
        PricePolicy.Prices prices = view.work().prices().orElse(null);
        List<PricePolicy.Ahead> hours = prices == null ? List.of() : prices.hours();
        Html chart = DayChart.planned(hours, zone).html();
        return prices == null
                ? chart
                : Html.join(List.of(
                        chart, quiet(Words.price(prices) + " A job runs when its own watt-hours are worth more.")));
    }

    private Html totals() {
        EnergyMonitor.Totals totals = view.battery().totals();
        if (totals.equals(new EnergyMonitor.Totals(0, 0, 0, 0))) {
            return Html.EMPTY;
        }
        return Html.of(
                "<p class=\"quiet\">Since the store began: sun {}, into the battery {}, out of it {}, load output {}.</p>",
                Words.wattHours(totals.pvWh()),
                Words.wattHours(totals.chargedWh()),
                Words.wattHours(totals.dischargedWh()),
                Words.wattHours(totals.loadWh()));
    }

    private Html work() {
        NodeView.Work work = view.work();
        List<Html> jobs = new ArrayList<>();
        work.running()
                .ifPresent(job -> jobs.add(
                        Html.of("<li><span class=\"word good\">Running</span> {}</li>", Words.clean(job, 120))));
        for (Reason reason : work.waiting().stream().limit(WAITING).toList()) {
            jobs.add(Html.of(
                    "<li><span class=\"word sunny\">{}</span> {}</li>",
                    Words.state(reason.code()),
                    Words.tied(Words.clean(reason.text(), SENTENCE))));
        }
        Html list = jobs.isEmpty()
                ? quiet("Nothing runs and nothing waits.")
                : Html.of("<ul class=\"jobs\">{}</ul>", Html.join(jobs));
        int more = work.waiting().size() - WAITING;
        Html rest = more > 0 ? quiet("and " + Words.count(more, "more job", "more jobs")) : Html.EMPTY;
        return Html.join(List.of(
                list,
                rest,
                facts(List.of(
                        fact("Inferences", work.inferences()),
                        fact("Trainings", work.trainings()),
                        fact("Had to wait", work.deferred()),
                        fact("Failed", work.failures()),
                        fact("Board since the start", Words.wattHours(work.boardWh())),
                        fact(
                                "Model",
                                work.model().isEmpty()
                                        ? "none yet"
                                        : Html.of("<code>{}</code>", Words.clean(work.model(), 40)))))));
    }

    private Html peers() {
        NodeView.Market market = view.market();
        if (market.peers().isEmpty()) {
            return quiet(market.ledgerSize() == 0 ? "No ledger yet." : "No peer has joined yet.");
        }
        List<NodeView.PeerLine> shown = market.peers().stream()
                .sorted(Comparator.comparing((NodeView.PeerLine peer) -> peer.uid() != market.uid())
                        .thenComparing(Comparator.comparingLong(NodeView.PeerLine::earnedMicro)
                                .reversed())
                        .thenComparingInt(NodeView.PeerLine::uid))
                .limit(PEERS)
                .toList();
        Html own = market.uid() < 0
                ? quiet("This node has not joined yet. Epoch " + market.epoch() + " is open.")
                : quiet("This node is peer " + market.uid() + " with a stake of "
                        + Words.credits(market.earned().stakeMicro()) + " credits. Epoch " + market.epoch()
                        + " is open.");
        int more = market.peers().size() - shown.size();
        return Html.of(
                "{}<table><thead><tr><th scope=\"col\">Peer</th><th scope=\"col\" class=\"num\">Earned</th>"
                        + "<th scope=\"col\" class=\"num\">Our score</th></tr></thead><tbody>{}</tbody></table>{}",
                own,
                Html.join(shown.stream().map(this::peer).toList()),
                more > 0 ? quiet("and " + Words.count(more, "more peer", "more peers")) : Html.EMPTY);
    }

    private Html peer(NodeView.PeerLine peer) {
        boolean own = peer.uid() == view.market().uid();
        String name = Words.clean(peer.name(), 40).strip();
        return Html.of(
                "<tr{}><th scope=\"row\"><bdi>{}</bdi> <small>{}</small></th><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>",
                own ? new Html(" class=\"own\"") : Html.EMPTY,
                name.isEmpty() ? "nameless" : name,
                own ? "this node" : "#" + peer.uid(),
                Words.credits(peer.earnedMicro()),
                own || peer.skillPercent() < 0 ? "–" : peer.skillPercent() + " %");
    }

    private Html epochs() {
        List<NodeView.EpochLine> all = view.market().epochs();
        if (all.isEmpty()) {
            return quiet("No epoch has closed yet.");
        }
        List<Html> rows = all.subList(Math.max(0, all.size() - EPOCHS), all.size()).reversed().stream()
                .map(epoch -> Html.of(
                        "<tr><th scope=\"row\">{}{}</th><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>",
                        epoch.epoch(),
                        epoch.why().isEmpty()
                                ? Html.EMPTY
                                : Html.of(" <small>{}</small>", Words.clean(epoch.why(), 120)),
                        epoch.sheets(),
                        Words.credits(epoch.mintedMicro()),
                        Words.credits(epoch.ownMicro())))
                .toList();
        return Html.of(
                "<table><thead><tr><th scope=\"col\">Epoch</th><th scope=\"col\" class=\"num\">Sheets</th>"
                        + "<th scope=\"col\" class=\"num\">Minted</th><th scope=\"col\" class=\"num\">Ours</th></tr></thead>"
                        + "<tbody>{}</tbody></table>",
                Html.join(rows));
    }

    private Html ledger() {
        NodeView.Market market = view.market();
        Html outbox = fact("To be sent", Words.count(market.outbox(), "entry", "entries"));
        if (market.ledgerSize() == 0) {
            return facts(List.of(fact("Entries", "none yet"), outbox));
        }
        Html verdict = market.verified()
                ? new Html("<span class=\"good\">verified by this node</span>")
                : new Html("<span class=\"bad\">not trusted</span>");
        return facts(List.of(
                fact("Entries", market.ledgerSize()),
                fact("Root", Html.of("<code>{}</code>", Words.clean(market.root(), 80))),
                fact("Verdict", verdict),
                outbox));
    }

    private Html stories() {
        if (view.recent().isEmpty()) {
            return quiet("Nothing yet.");
        }
        List<Html> lines = view.recent().stream()
                .limit(STORIES)
                .map(story -> Html.of(
                        "<li{}><time datetime=\"{}\">{}</time><span><span class=\"word\">{}</span> {}</span></li>",
                        story.kind() == Story.Kind.ALARM ? new Html(" class=\"loud\"") : Html.EMPTY,
                        story.at(),
                        Words.clock(story.at(), view.at(), zone),
                        story.kind().name().toLowerCase(Locale.ROOT),
                        Words.tied(Words.clean(story.text(), SENTENCE))))
                .toList();
        return Html.of("<ol class=\"stories\">{}</ol>", Html.join(lines));
    }

    private Html controller() {
        Optional<Reading> known = view.battery().reading();
        Html fault = view.battery()
                .fault()
                .map(why -> Html.of("<p class=\"bad\">{}</p>", Words.clean(why, SENTENCE)))
                .orElse(Html.EMPTY);
        if (known.isEmpty()) {
            return Html.join(List.of(fault, quiet("It has not been read yet.")));
        }
        Reading reading = known.get();
        return Html.join(List.of(
                fault,
                quiet(Words.clean(reading.origin(), 120)),
                facts(List.of(
                        fact("Read", Words.ago(reading.at(), view.at())),
                        fact("Stage", Words.stage(reading.stage())),
                        fact("Battery", Words.measured(reading.batteryV(), 2, "V")),
                        fact("Battery current", Words.measured(reading.batteryA(), 2, "A")),
                        fact("Battery temperature", Words.measured(reading.batteryC(), 1, "°C")),
                        fact("Charger", Words.measured(reading.chargeA(), 2, "A")),
                        fact("Load output", Words.measured(reading.loadW(), 1, "W")),
                        fact("Panel", Words.measured(reading.pvV(), 1, "V")),
                        fact("Panel current", Words.measured(reading.pvA(), 2, "A")),
                        fact("Panel power", Words.measured(reading.pvW(), 1, "W")),
                        fact("Lifetime yield", Words.measured(reading.pvEnergyTotalWh(), 0, "Wh")),
                        fact("Its own charge estimate", Words.measured(reading.controllerSocPercent(), 0, "%"))))));
    }
}

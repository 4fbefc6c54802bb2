package sunpeer.appliance.web;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.schedule.Reason;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/**
 * The page for somebody who stands under the panel with a phone: alive, battery, sun, what runs or why not, earned; further down
 * the day, the jobs, the market and the ledger. Complete without a script; with one, its sections renew themselves.
 *
 * <p>This class makes the frame and the first screen, {@link PageDetails} what lies below. Pure.
 */
public final class NodePage {
    /** Code points of the longest line about the battery. */
    private static final int BELIEF = 480;

    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
                    + "%3Ccircle cx='16' cy='16' r='13' fill='%23f2a93b'/%3E%3C/svg%3E";

    static final Html MARK = new Html("""
            <svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="7"/>\
            <path d="M16 2v4M16 26v4M2 16h4M26 16h4M6.1 6.1l2.8 2.8M23.1 23.1l2.8 2.8M25.9 6.1l-2.8 2.8M8.9 23.1l-2.8 2.8"/></svg>""");

    private final NodeView view;
    private final ZoneId zone;

    private NodePage(NodeView view, ZoneId zone) {
        this.view = view;
        this.zone = zone;
    }

    /** @param zone in which the page tells the time: the node's */
    public static String of(NodeView view, ZoneId zone) {
        return new NodePage(view, zone).html().markup();
    }

    /** A page that says there is none. */
    static String notFound() {
        return frame("Not found", Look.HOUSE.style(), Html.of("""
                <header class="top">{}<h1>Not found</h1></header>
                <section class="card"><p>This node has no such page.</p><p><a href="/">To the node</a></p></section>
                """, MARK), Html.EMPTY)
                .markup();
    }

    static Html frame(String title, Html style, Html body, Html script) {
        return Html.of("""
                <!DOCTYPE html>
                <html lang="en" data-look="{}">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>{}</title>
                <link rel="icon" href="{}">
                <style>{}</style>
                </head>
                <body>
                <main>
                {}</main>
                {}</body>
                </html>
                """, Look.HOUSE.version(), title, new Html(ICON), style, body, script);
    }

    private Html html() {
        String name = Words.clean(view.name(), 48);
        String state = Words.state(view.reason().code());
        Html body = Html.join(
                List.of(top(name), alarms(), now(), cards(), notices(), new PageDetails(view, zone).html(), foot()));
        Html script = Html.of("<script>{}</script>\n", Look.HOUSE.script());
        return frame(name + ": " + state, Look.HOUSE.style(), body, script);
    }

    private Html top(String name) {
        return Html.of(
                """
                <header class="top">{}<h1><bdi>{}</bdi></h1>
                <p class="quiet"><span id="link" data-live class="{}">{}</span> <span id="asof" data-live>{}</span> \
                <span id="live" role="status"></span><noscript>Reload for new values.</noscript></p></header>
                """,
                MARK,
                name,
                view.online() ? "good" : "notice-word",
                view.online() ? "Online" : "Offline",
                Html.of("{} <time datetime=\"{}\">{}</time>", "as of", view.at(), Words.moment(view.at(), zone)));
    }

    /** What needs a person, above everything else. */
    private Html alarms() {
        List<Html> alarms = new ArrayList<>();
        view.market()
                .alarm()
                .ifPresent(
                        alarm -> alarms.add(
                                notice(
                                        "alarm",
                                        "The ledger is not trusted",
                                        alarm,
                                        "Nothing is taken from this gateway any more; battery and work go on. Ask its keeper what happened.")));
        // A silent controller is the reason itself, right below; a fault beside another reason stands here.
        view.battery()
                .fault()
                .filter(_ -> view.reason().code() != Reason.Code.CONTROLLER_SILENT)
                .ifPresent(fault ->
                        alarms.add(notice("warn", "The charge controller does not answer", fault, lastReading())));
        return Html.of("<div id=\"alarms\" data-live>{}</div>\n", Html.join(alarms));
    }

    private String lastReading() {
        return view.battery()
                .reading()
                .map(known -> "The last reading is from " + Words.clock(known.at(), view.at(), zone) + ", "
                        + Words.ago(known.at(), view.at()) + ".")
                .orElse("There has been no reading yet.");
    }

    /** What is worth knowing and no fault: below the figures. */
    private Html notices() {
        List<Html> notices = new ArrayList<>();
        NodeView.Market market = view.market();
        if (!view.online()) {
            String waits = market.outbox() == 0
                    ? "Nothing waits to be sent."
                    : Words.count(market.outbox(), "entry waits", "entries wait") + " to be sent.";
            notices.add(notice("info", "Offline", view.link(), "The node goes on by itself. " + waits));
        }
        if (market.ledgerSize() == 0 && market.alarm().isEmpty()) {
            notices.add(notice(
                    "info",
                    "No ledger yet",
                    "peers, epochs and earnings appear after the first contact with the gateway",
                    ""));
        }
        return Html.of("<div id=\"notices\" data-live>{}</div>\n", Html.join(notices));
    }

    private static Html notice(String tone, String title, String what, String then) {
        return Html.of(
                "<section class=\"notice {}\"{}><h2>{}</h2><p>{}</p>{}</section>",
                tone,
                tone.equals("alarm") ? new Html(" role=\"alert\"") : Html.EMPTY,
                title,
                Words.tied(Words.clean(what, 300)),
                then.isEmpty() ? Html.EMPTY : Html.of("<p class=\"quiet\">{}</p>", then));
    }

    private Html now() {
        NodeView.Work work = view.work();
        Reason reason = view.reason();
        List<Html> below = new ArrayList<>();
        if (reason.code() == Reason.Code.CONTROLLER_SILENT) {
            below.add(Html.of("<p class=\"quiet\">{}</p>", lastReading()));
        }
        int others = work.waiting().size() - (work.waiting().contains(reason) ? 1 : 0);
        if (others > 0) {
            String more = work.waiting().contains(reason) ? "more " : "";
            below.add(Html.of(
                    "<p class=\"quiet\"><a href=\"#work\">{}</a></p>",
                    Words.count(others, more + "job waits", more + "jobs wait")));
        }
        return Html.of(
                "<div aria-live=\"polite\"><section id=\"now\" data-live class=\"now {}\"><h2>{}</h2><p class=\"why\">{}</p>{}"
                        + "</section></div>\n",
                tone(),
                Words.state(reason.code()),
                Words.tied(Words.clean(reason.text(), 300)),
                Html.join(below));
    }

    private String tone() {
        return switch (view.reason().code()) {
            case RUNNING -> "tone-good";
            case WAITING_FOR_SUN, BATTERY_LOW, SAVING, SLEEPING -> "tone-sun";
            // In the first seconds nothing is wrong yet.
            case CONTROLLER_SILENT ->
                view.battery().reading().isEmpty() && view.battery().fault().isEmpty() ? "tone-plain" : "tone-bad";
            case IDLE, NO_MODEL, STARTING -> "tone-plain";
        };
    }

    private Html cards() {
        return Html.of("<div class=\"cards\">{}{}{}{}</div>\n", batteryCard(), sunCard(), workCard(), earnedCard());
    }

    private static Html card(String id, String title, String figure, String unit, Html below) {
        return Html.of(
                """
                <section class="card" id="{}" data-live aria-labelledby="{}-title"><h2 id="{}-title">{}</h2>\
                <p class="figure">{}{}</p>{}</section>
                """,
                id,
                id,
                id,
                title,
                figure,
                unit.isEmpty() ? Html.EMPTY : Html.of("<small> {}</small>", unit),
                below);
    }

    private static Html line(String text) {
        return Html.of("<p>{}</p>", text);
    }

    private Html batteryCard() {
        Optional<SocEstimate> soc = view.battery().soc();
        Html bar = soc.map(NodePage::bar).orElse(Html.EMPTY);
        Html measured = view.battery()
                .reading()
                .map(reading -> Html.join(List.of(
                        line(Words.measured(reading.batteryV(), 2, "V")), line(Words.flow(reading)), age(reading))))
                .orElse(line("no reading yet"));
        return card(
                "battery",
                "Battery",
                soc.map(known -> Words.number(0, 100 * known.fraction())).orElse("–"),
                soc.map(known -> "% ± " + Words.number(0, 100 * known.sigma())).orElse(""),
                Html.join(List.of(
                        bar,
                        measured,
                        Html.of(
                                "<p class=\"quiet\">{}</p>",
                                Words.tied(Words.clean(view.battery().belief(), BELIEF))))));
    }

    /** Full to the estimate; the pale band is one standard error to both sides. */
    private static Html bar(SocEstimate soc) {
        double low = 100 * Math.clamp(soc.fraction() - soc.sigma(), 0.0, 1.0);
        double high = 100 * Math.clamp(soc.fraction() + soc.sigma(), 0.0, 1.0);
        return Html.of(
                "<svg class=\"bar\" role=\"img\" aria-label=\"state of charge {}\"><rect class=\"rail\" width=\"100%\" height=\"10\"/>"
                        + "<rect class=\"fill\" width=\"{}%\" height=\"10\"/><rect class=\"band\" x=\"{}%\" width=\"{}%\" height=\"10\"/>"
                        + "</svg>",
                Words.soc(soc),
                Words.number(1, 100 * soc.fraction()),
                Words.number(1, low),
                Words.number(1, high - low));
    }

    private Html age(Reading reading) {
        return Words.isFresh(view, reading)
                ? Html.EMPTY
                : Html.of("<p class=\"old\">as it was {}</p>", Words.ago(reading.at(), view.at()));
    }

    private Html sunCard() {
        String where = view.battery().sunUp() ? "above the horizon" : "below the horizon";
        Optional<Reading> reading = view.battery().reading();
        Value watts = reading.map(Reading::pvW).orElse(Value.ABSENT);
        boolean known = !Double.isNaN(watts.number());
        Html panel = reading.map(now -> Html.join(List.of(
                        watts.isGood() ? Html.EMPTY : Html.of("<p class=\"old\">{}</p>", Words.doubt(watts)),
                        line(where),
                        line(Words.stage(now.stage())),
                        age(now))))
                .orElse(Html.join(List.of(line(where), line("no reading yet"))));
        return card("sun", "Sun", known ? Words.number(0, watts.number()) : "–", known ? "W" : "", panel);
    }

    private Html workCard() {
        NodeView.Work work = view.work();
        return card(
                "doing",
                "Board",
                Words.watts(work.boardW()),
                "W",
                Html.join(List.of(
                        line(work.running()
                                .map(job -> Words.clean(job, 60) + " runs")
                                .orElse("nothing runs")),
                        line(
                                work.waiting().isEmpty()
                                        ? "nothing waits"
                                        : work.waiting().size() + " waiting"),
                        line(Words.count(work.inferences(), "inference", "inferences")))));
    }

    private Html earnedCard() {
        NodeView.Earned earned = view.market().earned();
        if (earned.epoch() < 0) {
            return card("earned", "Earned credits", "–", "", line("nothing yet"));
        }
        Html verified = earned.verified()
                ? new Html("<p class=\"good\">verified here</p>")
                : new Html("<p class=\"bad\">not verified</p>");
        return card(
                "earned",
                "Earned credits",
                Words.credits(earned.totalMicro()),
                "",
                Html.join(List.of(
                        line("+" + Words.credits(earned.lastMicro()) + " in epoch " + earned.epoch()), verified)));
    }

    private Html foot() {
        return Html.of("""
                <footer class="quiet"><p>Peer <code>{}</code></p><p>The same for machines: <a href="/api/state">JSON</a>, \
                <a href="/api/status.txt">text</a></p></footer>
                """, Words.clean(view.id(), 80));
    }
}

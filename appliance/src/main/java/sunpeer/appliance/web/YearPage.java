package sunpeer.appliance.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sunpeer.appliance.schedule.Tier;
import sunpeer.appliance.sim.year.Facts;
import sunpeer.appliance.sim.year.Report;

/** A simulated year as a page that stands alone: no script, nothing from elsewhere. Pure. */
public final class YearPage {
    private YearPage() {}

    /**
     * The page.
     *
     * @param where place and weather in words
     * @param what panel, battery and board in words
     * @param verdict whether that is enough
     */
    public static String of(Report report, String where, String what, String verdict, double inferencesPerJob) {
        YearPlots plots = new YearPlots(report);
        List<Html> cards = new ArrayList<>();
        cards.add(Html.of("""
                <header class="top">{}<h1>A simulated year</h1><p class="quiet">{}<br>{}</p></header>
                <section class="now"><h2>{}</h2></section>
                """, NodePage.MARK, where, what, verdict));
        cards.add(facts(report, inferencesPerJob));
        cards.add(card("Battery, % of charge: lowest and highest of each day", plots.battery()));
        cards.add(card("Sun, Wh a day", plots.sun()));
        cards.add(card("Work, hours a day", plots.work()));
        cards.add(card("Value of the work, by month, in hours of essential work", plots.months()));
        cards.add(card("Price of stored energy, value for each Wh: mean of each day", plots.price()));
        cards.add(Html.of(
                "<footer class=\"quiet\">Made by sunpeer simulate. A job brings {} a Wh if it is essential, {} if standard,"
                        + " {} if backfill; it runs when that is more than the price.</footer>\n",
                plots.brings(Tier.ESSENTIAL),
                plots.brings(Tier.STANDARD),
                plots.brings(Tier.BACKFILL)));
        Html style = new Html(Look.HOUSE.style().markup() + Look.resource("year.css"));
        return NodePage.frame("Sunpeer: a simulated year", style, Html.join(cards), Html.EMPTY)
                .markup();
    }

    private static Html facts(Report report, double inferencesPerJob) {
        List<Html> rows = new ArrayList<>();
        for (Facts.Fact fact : Facts.of(report, inferencesPerJob)) {
            String name = fact.name().substring(0, 1).toUpperCase(Locale.ROOT)
                    + fact.name().substring(1);
            rows.add(Html.of("<div><dt>{}</dt><dd>{}</dd></div>\n", name, fact.value()));
        }
        return Html.of("<section class=\"card facts\"><dl>\n{}</dl></section>\n", Html.join(rows));
    }

    private static Html card(String title, Html plot) {
        return Html.of("<section class=\"card\"><h2>{}</h2>\n{}</section>\n", title, plot);
    }
}

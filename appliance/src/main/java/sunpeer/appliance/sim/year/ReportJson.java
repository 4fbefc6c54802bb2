package sunpeer.appliance.sim.year;

import com.grack.nanojson.JsonStringWriter;
import java.util.Locale;
import sunpeer.appliance.schedule.Tier;

/** A report as JSON. */
public final class ReportJson {
    private ReportJson() {}

    /** Writes the fields of a report into the open object. */
    public static void write(JsonStringWriter json, Report report, double inferencesPerJob) {
        json.value("days", report.days().size())
                .value("inferences", Math.round(report.jobs() * inferencesPerJob))
                .value("work_hours", rounded(Facts.workHours(report.jobs())))
                .value("value", rounded(report.value()));
        for (Tier tier : Tier.values()) {
            json.value("value_" + tier.name().toLowerCase(Locale.ROOT), rounded(report.value(tier)));
        }
        json.value("essential_share", rounded(report.service()))
                .value("days_without_work", report.idleDays())
                .value("brown_out_hours", rounded(report.darkHours()))
                .value("reserve_hours", rounded(report.reserveHours()))
                .value("sleep_hours", rounded(report.sum(Day::asleepHours)))
                .value("sun_wh", rounded(report.energy().pvWh()))
                .value("curtailed_wh", rounded(report.energy().curtailedWh()))
                .value("load_wh", rounded(report.energy().loadWh()))
                .value("lowest_soc", rounded(report.lowestSoc()))
                .value("soc_error_rms", rounded(report.socErrorRms()));
        Report.Week worst = report.worstWeek();
        json.object("worst_week")
                .value("from", worst.first().date().toString())
                .value("to", worst.last().date().toString())
                .value("lowest_soc", rounded(worst.lowestSoc()))
                .value("sun_wh", rounded(worst.sunWh()))
                .value("work_hours", rounded(worst.workHours()))
                .end();
    }

    /** Writes an array of the days into the open object. */
    public static void writeDays(JsonStringWriter json, Report report) {
        json.array("by_day");
        for (Day day : report.days()) {
            json.object()
                    .value("date", day.date().toString())
                    .value("lowest_soc", rounded(day.lowestSoc()))
                    .value("highest_soc", rounded(day.highestSoc()))
                    .value("sun_wh", rounded(day.sunWh()))
                    .value("curtailed_wh", rounded(day.curtailedWh()))
                    .value("load_wh", rounded(day.loadWh()))
                    .value("value", rounded(day.value()))
                    .value("brown_out_hours", rounded(day.darkHours()))
                    .value("reserve_hours", rounded(day.reserveHours()))
                    .value("sleep_hours", rounded(day.asleepHours()));
            if (!Double.isNaN(day.pricePerWh())) {
                json.value("price_per_wh", rounded(day.pricePerWh()));
            }
            json.end();
        }
        json.end();
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}

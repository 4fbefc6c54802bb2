package sunpeer.appliance.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.market.Rules;
import sunpeer.appliance.node.NodeView;
import sunpeer.appliance.schedule.PricePolicy;
import sunpeer.appliance.schedule.Reason;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** How page and command line say numbers, times and states: once, so that both say the same. */
final class Words {
    /** Below this a battery neither charges nor discharges; it is the offset of a good shunt. */
    private static final double RESTING_A = 0.05;

    /** A reading older than this is history: some polls in a row have failed. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY_CLOCK = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH);

    private static final Pattern UNIT =
            Pattern.compile("(?<=\\d) (?=(?:%|V|A|W|Wh|kWh|s|min|h|±)(?![\\p{L}\\d]))|(?<=±) ");

    private Words() {}

    static String number(int decimals, double number) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    /** One decimal below ten, where it matters. */
    static String watts(double watts) {
        return number(Math.abs(watts) < 9.95 ? 1 : 0, watts);
    }

    static String wattHours(double wh) {
        if (Math.abs(wh) < 999.5) {
            return watts(wh) + " Wh";
        }
        return number(Math.abs(wh) < 9995 ? 2 : 1, wh / 1000) + " kWh";
    }

    static String credits(long micro) {
        return number(3, (double) micro / Rules.MICRO_PER_CREDIT);
    }

    /** A measured value with its unit and, where it is not good, what is wrong with it. */
    static String measured(Value value, int decimals, String unit) {
        return switch (value.quality()) {
            case ABSENT -> "not measured";
            case GOOD -> number(decimals, value.number()) + " " + unit;
            case SUSPECT -> number(decimals, value.number()) + " " + unit + " (suspect)";
            case STALE -> number(decimals, value.number()) + " " + unit + " (old)";
        };
    }

    /** Why a value that is shown is not used. */
    static String doubt(Value value) {
        return switch (value.quality()) {
            case ABSENT -> "not measured";
            case GOOD -> "";
            case SUSPECT -> "suspect, not used";
            case STALE -> "old, not used";
        };
    }

    static String state(Reason.Code code) {
        return switch (code) {
            case RUNNING -> "Running";
            case IDLE -> "Idle";
            case WAITING_FOR_SUN -> "Waiting for sun";
            case BATTERY_LOW -> "Battery low";
            case CONTROLLER_SILENT -> "Controller silent";
            case SAVING -> "Saving energy";
            case SLEEPING -> "Sleeping";
            case NO_MODEL -> "No model yet";
            case STARTING -> "Starting";
        };
    }

    static String soc(SocEstimate soc) {
        return number(0, 100 * soc.fraction()) + " % ± " + number(0, 100 * soc.sigma());
    }

    static String basis(SocEstimate.Basis basis) {
        return switch (basis) {
            case UNKNOWN -> "nothing measured yet";
            case VOLTAGE -> "guessed by voltage";
            case LOW -> "counted from nearly empty";
            case FULL -> "counted from full";
        };
    }

    static String stage(ChargeStage stage) {
        return switch (stage) {
            case UNKNOWN -> "stage unknown";
            case OFF -> "charger off";
            default -> stage.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether the battery is being charged, as far as the controller tells. */
    static String flow(Reading reading) {
        if (reading.batteryA().isGood()) {
            double amperes = reading.batteryA().number();
            if (Math.abs(amperes) < RESTING_A) {
                return "at rest";
            }
            return (amperes > 0 ? "charging " : "discharging ") + number(1, Math.abs(amperes)) + " A";
        }
        if (reading.chargeA().isGood()) {
            return "charger gives " + number(1, reading.chargeA().number()) + " A";
        }
        return "current not measured";
    }

    static boolean isFresh(NodeView view, Reading reading) {
        return Duration.between(reading.at(), view.at()).abs().compareTo(FRESH) <= 0;
    }

    static String ago(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.isNegative()) {
            return "by a clock that has been set back since";
        }
        if (age.toSeconds() < 90) {
            return age.toSeconds() + " s ago";
        }
        if (age.toMinutes() < 90) {
            return age.toMinutes() + " min ago";
        }
        return age.toHours() < 48 ? age.toHours() + " h ago" : age.toDays() + " days ago";
    }

    /** The time of day, with the date when that is not today's. */
    static String clock(Instant at, Instant now, ZoneId zone) {
        boolean today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return (today ? CLOCK : DAY_CLOCK).format(at.atZone(zone));
    }

    static String moment(Instant at, ZoneId zone) {
        return MOMENT.format(at.atZone(zone));
    }

    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** The same words, but no line break parts a number from its unit. */
    static String tied(String text) {
        return UNIT.matcher(text).replaceAll("\u00a0");
    }

    /**
     * A stranger's text on one bounded line: no control sign reaches a terminal, no direction override turns the rest of
     * the line around.
     */
    static String clean(String text, int codePoints) {
        StringBuilder out = new StringBuilder();
        int left = codePoints;
        for (int at = 0; at < text.length(); ) {
            int sign = text.codePointAt(at);
            at += Character.charCount(sign);
            switch (Character.getType(sign)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> out.append(' ');
                case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> {
                    continue;
                }
                default -> out.appendCodePoint(sign);
            }
            if (--left == 0 && at < text.length()) {
                return out.append('…').toString();
            }
        }
        return out.toString();
    }

    /** What energy is worth, and what is expected of two days, in two sentences. */
    static String price(PricePolicy.Prices prices) {
        double sunWh =
                prices.hours().stream().mapToDouble(PricePolicy.Ahead::harvestW).sum();
        double boardWh =
                prices.hours().stream().mapToDouble(PricePolicy.Ahead::loadW).sum();
        double lowest = prices.hours().stream()
                .mapToDouble(PricePolicy.Ahead::socFraction)
                .min()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "A stored watt-hour is worth %.2f h of essential work. Expected in %d hours: sun %s, board %s, battery not below %.0f %%.",
                prices.perWh(),
                prices.hours().size(),
                wattHours(sunWh),
                wattHours(boardWh),
                100 * lowest);
    }
}

package sunpeer.appliance.energy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import sunpeer.drivers.Reading;

/**
 * What the node believes of its battery and its panel and why, as people read it on page, MQTT and log. Immutable.
 *
 * @param text one line
 * @param concern the gravest thing that is wrong, if any
 */
public record Belief(String text, Optional<Concern> concern) {
    /** Less goes unseen at every restart. */
    private static final double WORTH_TELLING_H = 0.5;

    private static final double HOURS_PER_DAY = 24;
    /** A longer silence is more likely a clock that jumped. */
    private static final double JUMP_H = 30 * HOURS_PER_DAY;
    /** Currents below are the sensor's offset. */
    private static final double CHARGING_C_RATE = 0.01;

    static Belief of(BatterySpec battery, SocEstimator soc, Optional<Reading> newest, double assumedW, Instant now) {
        Optional<SocState> known = soc.state();
        if (known.isEmpty()) {
            return new Belief("nothing is known of the battery: no voltage has been read yet", Optional.empty());
        }
        SocState state = known.get();
        List<String> parts = new ArrayList<>();
        List<Concern> concerns = new ArrayList<>();
        newest.flatMap(reading -> frost(battery, reading, state, concerns)).ifPresent(parts::add);
        parts.add(estimate(soc.estimateAt(now), state));
        if (!Double.isNaN(assumedW)) {
            parts.add(String.format(Locale.ROOT, "no meter sees the board, which is taken to draw %.1f W", assumedW));
        }
        if (!Double.isNaN(state.unseen().stuckA())) {
            concerns.add(Concern.CURRENT_STUCK);
            parts.add(String.format(
                    Locale.ROOT,
                    "the current stands still at %.2f A while sun, load or voltage move: that sensor is not believed",
                    state.unseen().stuckA()));
        }
        unseen(soc, state.unseen(), now).ifPresent(part -> {
            concerns.add(Concern.UNSEEN);
            parts.add(part);
        });
        if (state.capacity().contradictsLabel()) {
            concerns.add(Concern.CAPACITY);
        }
        parts.add(capacity(state.capacity()));
        return new Belief(String.join("; ", parts), concerns.stream().sorted().findFirst());
    }

    /** With what is believed of the panel: first when something is wrong with it, else last. */
    Belief andOf(ClearSkyMeter sky) {
        return sky.darknessText()
                .map(dark -> new Belief(
                        dark + "; " + text,
                        Stream.concat(concern.stream(), Stream.of(Concern.PANEL_DARK))
                                .sorted()
                                .findFirst()))
                .orElseGet(() -> new Belief(text + "; " + sky.panelText(), concern));
    }

    private static Optional<String> frost(
            BatterySpec battery, Reading reading, SocState state, List<Concern> concerns) {
        boolean freezes = battery.chemistry().isRuinedByChargingInFrost()
                && reading.batteryC().isGood()
                && reading.batteryC().number() < 0;
        if (!freezes) {
            return Optional.empty();
        }
        double celsius = reading.batteryC().number();
        double amps = state.at().equals(reading.at()) ? state.lastA() : 0;
        if (amps > CHARGING_C_RATE * battery.capacityAh()) {
            concerns.add(Concern.CHARGED_IN_FROST);
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the controller charges the lithium battery with %.1f A at %.0f °C: below 0 °C that ruins it",
                    amps,
                    celsius));
        }
        concerns.add(Concern.FROST);
        return Optional.of(String.format(
                Locale.ROOT,
                "the lithium battery has %.0f °C: no charge below 0 °C, the sun carries only the load",
                celsius));
    }

    private static String estimate(SocEstimate soc, SocState state) {
        String counted = duration(state.hours());
        String why = switch (soc.basis()) {
            case UNKNOWN -> "nothing measured yet";
            case VOLTAGE -> "counted for " + counted + " from a guess by voltage";
            case LOW -> "counted for " + counted + " from nearly empty";
            case FULL -> "counted for " + counted + " from full";
        };
        return String.format(Locale.ROOT, "%.0f %% ± %.0f, %s", 100 * soc.fraction(), 100 * soc.sigma(), why);
    }

    private static Optional<String> unseen(SocEstimator soc, Unseen unseen, Instant now) {
        double hours = unseen.hours() + soc.silentHours(now);
        String lost = String.format(Locale.ROOT, ", which may have cost up to %.0f %%", 100 * soc.unseenShare(now));
        if (unseen.clockSetBack()) {
            return Optional.of("the clock was set back: nobody knows how long nothing was counted" + lost);
        }
        if (hours > JUMP_H) {
            return Optional.of("the clock jumped by " + duration(hours) + " or nothing was counted for so long" + lost);
        }
        return hours < WORTH_TELLING_H
                ? Optional.empty()
                : Optional.of("nothing was counted for " + duration(hours) + lost);
    }

    private static String capacity(CapacityState capacity) {
        if (capacity.learned() == 0) {
            return String.format(Locale.ROOT, "holds %.0f Ah by its label", capacity.labelAh());
        }
        if (capacity.contradictsLabel()) {
            return String.format(
                    Locale.ROOT,
                    "holds about %.1f Ah, not the %.0f Ah of its label: %.1f Ah went %s",
                    capacity.ah(),
                    capacity.labelAh(),
                    Math.abs(capacity.movedAh()),
                    capacity.movedAh() > 0 ? "in between nearly empty and full" : "out between full and nearly empty");
        }
        return String.format(Locale.ROOT, "holds %.1f Ah ± %.0f %% by count", capacity.ah(), 100 * capacity.sigma());
    }

    private static String duration(double hours) {
        if (hours < 1) {
            return String.format(Locale.ROOT, "%.0f min", 60 * hours);
        }
        return hours < 2 * HOURS_PER_DAY
                ? String.format(Locale.ROOT, "%.0f h", hours)
                : String.format(Locale.ROOT, "%.0f days", hours / HOURS_PER_DAY);
    }
}

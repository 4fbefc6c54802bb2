package sunpeer.drivers;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A controller and a monitor that see one battery. The monitor's volts, amperes and temperature are preferred while they are
 * good; that both disagree for long is told once. Pure but for what it remembers; confined to one thread.
 */
public final class TwoWitnesses {
    private static final double TOLERANCE = 0.10;
    /** Around zero, a tenth of nothing would be a disagreement about noise. */
    private static final double TOLERANCE_A = 0.5;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Two readings further apart say nothing about each other. */
    private static final Duration APART_MAX = Duration.ofSeconds(60);

    private @Nullable Instant disagreesSince;
    private boolean told;

    /**
     * @param reading what decisions are to be made on
     * @param warning one line; only when it has just become one
     */
    public record Together(Reading reading, Optional<String> warning) {}

    /** @param monitor the newest reading of it; nothing when it does not answer */
    public Together judge(Reading controller, Optional<Reading> monitor) {
        Optional<Reading> fresh = monitor.filter(
                reading -> Duration.between(reading.at(), controller.at()).abs().compareTo(APART_MAX) <= 0);
        if (fresh.isEmpty()) {
            disagreesSince = null;
            told = false;
            return new Together(controller, Optional.empty());
        }
        Optional<String> difference = difference(controller, fresh.get());
        return new Together(preferred(controller, fresh.get()), warning(difference, controller.at()));
    }

    private Optional<String> warning(Optional<String> difference, Instant now) {
        if (difference.isEmpty()) {
            disagreesSince = null;
            told = false;
            return Optional.empty();
        }
        if (disagreesSince == null || disagreesSince.isAfter(now)) {
            disagreesSince = now;
        }
        if (told || Duration.between(disagreesSince, now).compareTo(PATIENCE) < 0) {
            return Optional.empty();
        }
        told = true;
        return difference;
    }

    private static Optional<String> difference(Reading controller, Reading monitor) {
        return difference("V", controller.batteryV(), monitor.batteryV(), 0)
                .or(() -> difference("A", controller.batteryA(), monitor.batteryA(), TOLERANCE_A))
                .map(numbers -> "controller and monitor see the battery differently for " + PATIENCE.toMinutes()
                        + " minutes: " + numbers
                        + "; is there a load or a charger that only the monitor sees, or is the shunt turned round?");
    }

    private static Optional<String> difference(String unit, Value one, Value other, double least) {
        if (!one.isGood() || !other.isGood()) {
            return Optional.empty();
        }
        double allowed = Math.max(least, TOLERANCE * Math.max(Math.abs(one.number()), Math.abs(other.number())));
        return Math.abs(one.number() - other.number()) <= allowed
                ? Optional.empty()
                : Optional.of(
                        String.format(Locale.ROOT, "%.2f %s and %.2f %s", one.number(), unit, other.number(), unit));
    }

    private static Reading preferred(Reading controller, Reading monitor) {
        return new Reading(
                controller.at(),
                controller.origin() + ", battery by " + monitor.origin(),
                better(monitor.batteryV(), controller.batteryV()),
                better(monitor.batteryA(), controller.batteryA()),
                controller.chargeA(),
                controller.loadA(),
                controller.loadW(),
                controller.pvV(),
                controller.pvA(),
                controller.pvW(),
                better(monitor.batteryC(), controller.batteryC()),
                better(monitor.controllerSocPercent(), controller.controllerSocPercent()),
                controller.pvEnergyTotalWh(),
                controller.stage());
    }

    private static Value better(Value preferred, Value otherwise) {
        return preferred.isGood() ? preferred : otherwise;
    }
}

package sunpeer.drivers.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.judge.Course.Limits;

/**
 * Judges the readings of one device in the order in which they came. It only ever lowers a quality. Pure but for what it
 * remembers of earlier readings; time is that of the readings. Confined to one thread.
 */
public final class SequenceJudge {
    private static final int STALE_PERIODS = 3;
    /** Some count whole kilowatt-hours. */
    private static final double STEP_MAX_WH = 1000;
    /** More than any of these devices can convert. */
    private static final double POWER_MAX_W = 20_000;
    /** As much as may have come in between a reset and the next look at a counter. */
    private static final double AFTER_RESET_WH = 2000;

    /** 2 V in 10 s on a 12 V battery; in proportion on larger ones, where a load pulls down each block. */
    private static final Limits BATTERY_VOLTS = new Limits() {
        @Override
        public boolean follows(double before, double after, double seconds) {
            return Math.abs(after - before) <= Math.max(2, before / 6) * Math.max(1, seconds / 10);
        }

        @Override
        public boolean secondSampleSuffices(double before, double after) {
            return true; // a breaker was opened, a battery was changed
        }
    };

    /** 10 points in a minute. Controllers that read it off the voltage do jump, 34 to 46 was captured: then it comes twice. */
    private static final Limits SOC_PERCENT = new Limits() {
        @Override
        public boolean follows(double before, double after, double seconds) {
            return Math.abs(after - before) <= 10 * Math.max(1, seconds / 60);
        }

        @Override
        public boolean secondSampleSuffices(double before, double after) {
            return true;
        }
    };

    /** A lifetime counter. */
    private static final Limits TOTAL_WH = new Limits() {
        @Override
        public boolean follows(double before, double after, double seconds) {
            return after >= before && after - before <= STEP_MAX_WH + POWER_MAX_W * seconds / 3600;
        }

        @Override
        public boolean secondSampleSuffices(double before, double after) {
            return after < before && after <= AFTER_RESET_WH;
        }
    };

    private final Duration period;
    private final Course volts = new Course(BATTERY_VOLTS);
    private final Course soc = new Course(SOC_PERCENT);
    private final Course total = new Course(TOTAL_WH);
    private @Nullable Reading last;

    /** @param period the time from one reading to the next */
    public SequenceJudge(Duration period) {
        this.period = period;
    }

    /** The result of the next poll, judged; a failed one passes as it is. */
    public ReadResult judge(ReadResult result) {
        return switch (result) {
            case ReadResult.Failed failed -> failed;
            case ReadResult.Ok(Reading reading, List<Detail> details) -> {
                boolean jumped = doubts(volts, reading.batteryV(), reading.at());
                // A voltage that cannot be is a block that cannot be trusted: what came with it, or follows from it,
                // falls too.
                UnaryOperator<Value> electric = jumped ? SequenceJudge::suspect : UnaryOperator.identity();
                Value controllerSoc = doubts(soc, reading.controllerSocPercent(), reading.at())
                        ? suspect(reading.controllerSocPercent())
                        : electric.apply(reading.controllerSocPercent());
                Value energy = doubts(total, reading.pvEnergyTotalWh(), reading.at())
                        ? suspect(reading.pvEnergyTotalWh())
                        : electric.apply(reading.pvEnergyTotalWh());
                Reading judged = each(reading, electric, controllerSoc, energy);
                last = judged;
                yield new ReadResult.Ok(judged, jumped ? suspect(details) : details);
            }
        };
    }

    /**
     * What is known now: the last reading, and after three periods without a newer one all of it stale.
     *
     * @return empty before the first reading
     */
    public Optional<Reading> known(Instant now) {
        if (last == null) {
            return Optional.empty();
        }
        boolean old = last.at().plus(period.multipliedBy(STALE_PERIODS)).isBefore(now);
        UnaryOperator<Value> aged = old ? SequenceJudge::stale : UnaryOperator.identity();
        return Optional.of(
                each(last, aged, aged.apply(last.controllerSocPercent()), aged.apply(last.pvEnergyTotalWh())));
    }

    /** Only what was measured in this poll and is plausible by itself says something about the course of things. */
    private static boolean doubts(Course course, Value value, Instant at) {
        return value.isGood() && !course.believes(value.number(), at);
    }

    private static Value suspect(Value value) {
        return value.isGood() ? Value.suspect(value.number()) : value;
    }

    private static Value stale(Value value) {
        return value.isGood() ? new Value(value.number(), Quality.STALE) : value;
    }

    private static List<Detail> suspect(List<Detail> details) {
        return details.stream()
                .map(detail -> new Detail(detail.name(), suspect(detail.value()), detail.unit(), detail.text()))
                .toList();
    }

    private static Reading each(Reading reading, UnaryOperator<Value> change, Value controllerSoc, Value energy) {
        return new Reading(
                reading.at(),
                reading.origin(),
                change.apply(reading.batteryV()),
                change.apply(reading.batteryA()),
                change.apply(reading.chargeA()),
                change.apply(reading.loadA()),
                change.apply(reading.loadW()),
                change.apply(reading.pvV()),
                change.apply(reading.pvA()),
                change.apply(reading.pvW()),
                change.apply(reading.batteryC()),
                controllerSoc,
                energy,
                reading.stage());
    }
}

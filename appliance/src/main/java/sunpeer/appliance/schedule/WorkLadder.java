package sunpeer.appliance.schedule;

import java.util.List;

/**
 * What an hour of work is worth: the first part most, what is left over least. Immutable.
 *
 * @param steps from the most to the least valuable
 */
public record WorkLadder(List<Step> steps) {
    /**
     * @param share of the hour at full work, 0 to 1
     * @param valuePerHour of this work for an hour
     */
    public record Step(double share, double valuePerHour) {}

    /** Every hour of work is worth the same. */
    public static final WorkLadder EVEN = new WorkLadder(List.of(new Step(1, 1)));

    /** Essential work, standard work and backfill: a tenth, three tenths and the rest of the time. */
    public static final WorkLadder TIERS = new WorkLadder(List.of(
            new Step(0.1, Tier.ESSENTIAL.valuePerHour()),
            new Step(0.3, Tier.STANDARD.valuePerHour()),
            new Step(0.6, Tier.BACKFILL.valuePerHour())));

    public WorkLadder {
        steps = List.copyOf(steps);
        double sum = 0;
        double before = Double.MAX_VALUE;
        for (Step step : steps) {
            sum += step.share();
            if (!(step.share() > 0 && step.valuePerHour() >= 0 && step.valuePerHour() <= before)) {
                throw new IllegalArgumentException("no ladder of work, from most to least valuable: " + steps);
            }
            before = step.valuePerHour();
        }
        if (Math.abs(sum - 1) > 1e-9) {
            throw new IllegalArgumentException("the shares of a ladder of work make " + sum + ", not 1");
        }
    }

    /** Value of an hour in which the share {@code duty} is worked. */
    public double value(double duty) {
        double value = 0;
        double left = duty;
        for (Step step : steps) {
            double part = Math.min(left, step.share());
            value += part * step.valuePerHour();
            left -= part;
            if (left <= 0) {
                break;
            }
        }
        return value;
    }
}

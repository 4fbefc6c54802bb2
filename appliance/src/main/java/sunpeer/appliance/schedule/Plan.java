package sunpeer.appliance.schedule;

import sunpeer.appliance.energy.ClearnessHistory;
import sunpeer.appliance.energy.DayOutlook;

/**
 * What stored energy is worth from the beginning of a solar day on, and what follows from it: how much to work now, what a
 * watt-hour costs, what the coming hours will look like. Immutable.
 *
 * <p>Hours are counted from the beginning of the day that the plan was made for; energy is in Wh.
 */
public final class Plan {
    public static final int HOURS_AHEAD = 48;
    private static final int DUTY_STEPS = 40;
    private static final double NEGLIGIBLE = 1e-4;
    /** Among equals the smaller draw wins. */
    private static final double TIE = 1e-9;
    /**
     * One hour to come, as expected.
     *
     * @param hour from the beginning of the plan's day
     * @param loadW what the board draws
     * @param harvestW what the panel gives
     * @param storedWh at the end of the hour
     * @param pricePerWh at its beginning, see {@link #pricePerWh}
     */
    public record Hour(int hour, double loadW, double harvestW, double storedWh, double pricePerWh) {}

    private final PowerSystem system;
    private final WorkLadder ladder;
    private final Penalties penalties;
    private final DayOutlook outlook;
    private final double[] clearW;
    private final double fullWh;
    /** Value by hour, bin of that hour's day and level. */
    private final double[][][] values;

    Plan(
            PowerSystem system,
            WorkLadder ladder,
            Penalties penalties,
            DayOutlook outlook,
            double[] clearW,
            double fullWh,
            double[][][] values) {
        this.system = system;
        this.ladder = ladder;
        this.penalties = penalties;
        this.outlook = outlook;
        this.clearW = clearW;
        this.fullWh = fullWh;
        this.values = values;
    }

    /** What must be in store after any work, Wh: the reserve, and what keeps a sleeping board above it through dark days. */
    public double untouchableWh() {
        return penalties.leastWh();
    }

    public PowerSystem system() {
        return system;
    }

    /** Harvest under a clear sky in an hour of the plan, W. */
    public double clearW(int hour) {
        return clearW[known(hour)];
    }

    /** Beyond the last day that was given, that day repeats. */
    private int known(int hour) {
        return hour < clearW.length ? hour : clearW.length - Planner.HOURS + hour % Planner.HOURS;
    }

    /**
     * The share of full work that is best in an hour.
     *
     * @param storedWh at its beginning; what is sure, not what is hoped
     * @param belief of this day's clearness, see {@link DayOutlook#today}
     */
    public double duty(int hour, double storedWh, double[] belief) {
        double best = Double.NEGATIVE_INFINITY;
        double chosen = 0;
        for (int step = 0; step <= DUTY_STEPS; step++) {
            double duty = (double) step / DUTY_STEPS;
            if (step > 0 && !keepsReserve(storedWh, duty)) {
                break;
            }
            double value = ladder.value(duty) + expected(hour, storedWh, system.loadW(duty), belief);
            if (value > best + TIE) {
                best = value;
                chosen = duty;
            }
        }
        return chosen;
    }

    /** Whether the work lives on what is there, come no sun at all. */
    private boolean keepsReserve(double storedWh, double duty) {
        return !penalties.forbids(system.anHourLater(storedWh, 0, system.loadW(duty), fullWh));
    }

    private double expected(int hour, double storedWh, double loadW, double[] belief) {
        double value = 0;
        for (int bin = 0; bin < belief.length; bin++) {
            if (belief[bin] < NEGLIGIBLE) {
                continue;
            }
            double harvestW = ClearnessHistory.clearness(bin) * clearW(hour);
            double then = system.anHourLater(storedWh, harvestW, loadW, fullWh);
            double later = value(hour + 1, bin, then);
            value += belief[bin] * (later - penalties.of(then, loadW));
        }
        return value;
    }

    private double value(int hour, int bin, double storedWh) {
        return Planner.interpolated(values[hour][bin], storedWh / system.capacityWh() * (Planner.LEVELS - 1));
    }

    /**
     * What a watt-hour drawn now will be missed by, in value: a job is worth its energy if its own value per watt-hour is more.
     * Zero while sun is turned away.
     */
    public double pricePerWh(int hour, double storedWh, double[] belief) {
        double drawWh = system.capacityWh() / (Planner.LEVELS - 1);
        double without = expected(hour, storedWh, system.restingW(), belief);
        double with = expected(hour, storedWh, system.restingW() + drawWh, belief);
        return Math.max(0, (without - with) / drawWh);
    }

    /** The coming hours along the expected path. */
    public Hour[] ahead(int from, double storedWh, double[] belief) {
        Hour[] hours = new Hour[HOURS_AHEAD];
        double stored = storedWh;
        double[] today = belief;
        for (int i = 0; i < HOURS_AHEAD; i++) {
            int hour = from + i;
            if (i > 0 && hour % Planner.HOURS == 0) {
                today = DayOutlook.step(today, hour == Planner.HOURS ? outlook.tonight() : outlook.chain());
            }
            double price = pricePerWh(hour, stored, today);
            double loadW = system.loadW(duty(hour, stored, today));
            double harvestW = DayOutlook.mean(today) * clearW(hour);
            stored = Math.max(0, system.anHourLater(stored, harvestW, loadW, fullWh));
            hours[i] = new Hour(hour, loadW, harvestW, stored, price);
        }
        return hours;
    }
}

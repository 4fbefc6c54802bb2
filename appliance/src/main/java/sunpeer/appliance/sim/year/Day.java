package sunpeer.appliance.sim.year;

import java.time.LocalDate;

/**
 * One solar day of a simulated year. Immutable.
 *
 * @param lowestSoc true state of charge, 0 to 1
 * @param highestSoc true state of charge, 0 to 1
 * @param sunWh taken from the panel
 * @param curtailedWh that the panel could have given and nobody could take
 * @param loadWh delivered to the board
 * @param essential jobs done
 * @param standard jobs done
 * @param backfill jobs done
 * @param missed essential jobs that were not done in their hour
 * @param value of the work, in hours of essential work
 * @param darkHours without power for the board
 * @param reserveHours with the true state of charge below the reserve
 * @param asleepHours with the board asleep
 * @param pricePerWh mean price of stored energy, value for each watt-hour; NaN when there was none all day
 */
public record Day(
        LocalDate date,
        double lowestSoc,
        double highestSoc,
        double sunWh,
        double curtailedWh,
        double loadWh,
        int essential,
        int standard,
        int backfill,
        int missed,
        double value,
        double darkHours,
        double reserveHours,
        double asleepHours,
        double pricePerWh) {
    public int jobs() {
        return essential + standard + backfill;
    }
}

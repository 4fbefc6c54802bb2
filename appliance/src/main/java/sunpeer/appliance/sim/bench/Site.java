package sunpeer.appliance.sim.bench;

/** A year of weather at one place, hour by hour from a solar midnight, in whole days. Not to be changed. */
final class Site {
    static final int DAY = 24;

    private final String name;
    private final double[] harvest;
    private final double[] clear;
    private final double[] batteryC;
    private final int[] dayOfYear;

    /**
     * The arrays are kept, not copied.
     *
     * @param harvest what a panel of one watt gives, W
     * @param clear what it would give under a clear sky, W
     * @param batteryC temperature of a battery in the shade
     * @param dayOfYear of each day
     */
    Site(String name, double[] harvest, double[] clear, double[] batteryC, int[] dayOfYear) {
        this.name = name;
        this.harvest = harvest;
        this.clear = clear;
        this.batteryC = batteryC;
        this.dayOfYear = dayOfYear;
    }

    String name() {
        return name;
    }

    double harvest(int hour) {
        return harvest[hour];
    }

    double clear(int hour) {
        return clear[hour];
    }

    double batteryC(int hour) {
        return batteryC[hour];
    }

    /** Beyond the end the last day repeats. */
    int dayOfYear(int day) {
        return dayOfYear[Math.min(day, dayOfYear.length - 1)];
    }

    int hours() {
        return harvest.length;
    }

    int days() {
        return harvest.length / DAY;
    }

    /** Clear-sky harvest of an hour; beyond the end the last day repeats. */
    double clearAt(int hour) {
        return hour < clear.length ? clear[hour] : clear[clear.length - DAY + hour % DAY];
    }

    double clearDay(int day) {
        double sum = 0;
        for (int hour = 0; hour < DAY; hour++) {
            sum += clearAt(day * DAY + hour);
        }
        return sum;
    }

    /** Share of a clear day's harvest that the day gave. */
    double clearness(int day) {
        double sum = 0;
        int known = Math.min(day, days() - 1);
        for (int hour = 0; hour < DAY; hour++) {
            sum += harvest[known * DAY + hour];
        }
        return sum / Math.max(1e-9, clearDay(known));
    }

    double meanClearness() {
        double sum = 0;
        for (int day = 0; day < days(); day++) {
            sum += clearness(day);
        }
        return sum / days();
    }

    /** Harvest of 8,760 hours by a panel of one watt, Wh. */
    double annualWh() {
        double sum = 0;
        for (double watts : harvest) {
            sum += watts;
        }
        return sum * 8760 / hours();
    }
}

package sunpeer.appliance.sim;

import java.time.Instant;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.Sun;
import sunpeer.appliance.energy.SunPosition;
import sunpeer.appliance.sim.weather.WeatherYear;

/**
 * The sky of a weather file. A whole year, or more, begins anew at its end; of a shorter file the ends go on.
 *
 * <p>Within a step the light follows the clear sky, so that an hour of sunrise is dark before it and bright behind it, and what
 * fell on the horizontal in the step is kept.
 */
public final class RecordedSky implements Sky {
    private static final int YEAR_DAYS_MIN = 360;
    /** Within so long the sun hardly moves. */
    private static final int SHORT_STEP_S = 900;

    private static final int PARTS = 6;
    /** Below it the horizontal tells too little of the beam. */
    private static final double MIN_COS_ZENITH = 0.065;

    private final WeatherYear year;
    private final Sun sun;
    /** Mean of the clear sky over each step, W/m²; empty where steps are short. */
    private final double[] clearWm2;

    /** @param place of the weather; its sun is what the file was measured under */
    public RecordedSky(WeatherYear year, Place place) {
        this.year = year;
        this.sun = new Sun(place);
        this.clearWm2 = new double[year.stepS() > SHORT_STEP_S ? year.steps() : 0];
        for (int step = 0; step < clearWm2.length; step++) {
            for (int part = 0; part < PARTS; part++) {
                double intoS = (step + (part + 0.5) / PARTS) * year.stepS();
                clearWm2[step] += sun.at(year.start().plusSeconds((long) intoS)).clearSkyGhiWm2() / PARTS;
            }
        }
    }

    @Override
    public Place place() {
        return sun.place();
    }

    @Override
    public double poaWm2(Instant at, Panel panel) {
        SunPosition position = sun.at(at);
        double clear = position.clearSkyGhiWm2();
        if (clear <= 0) {
            return 0;
        }
        int step = step(at);
        double share = clearWm2.length == 0 || clearWm2[step] <= 0 ? 1 : clear / clearWm2[step];
        double ghi = year.ghiWm2(step) * share;
        if (!year.isSplit()) {
            return position.poaWm2(ghi, panel);
        }
        double dhi = Math.min(ghi, year.dhiWm2(step) * share);
        double beam = (ghi - dhi) / Math.max(position.cosZenith(), MIN_COS_ZENITH);
        return position.poaWm2(ghi, Math.min(beam, position.extraterrestrialNormalWm2()), dhi, panel);
    }

    @Override
    public double airC(Instant at) {
        return year.airC(step(at));
    }

    private int step(Instant at) {
        long step = Math.floorDiv(at.getEpochSecond() - year.start().getEpochSecond(), (long) year.stepS());
        return year.days() >= YEAR_DAYS_MIN
                ? (int) Math.floorMod(step, (long) year.steps())
                : Math.clamp(step, 0, year.steps() - 1);
    }
}

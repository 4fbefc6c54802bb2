package sunpeer.appliance.energy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How well quarters of an hour agree on a panel: the logarithm of the likelihood that it gave what was measured.
 *
 * <p>Each quarter is either clear, and then within some per cent of what the panel gives under the clear sky of that day, or
 * cloudy, and then anywhere below. Only those count whose neighbours make a smooth curve with them, for broken clouds tell
 * nothing; and each by the share of direct light in it, for without the sun clear and overcast look alike. Confined to one
 * thread.
 */
final class Agreement {
    /**
     * The scale on which most agree.
     *
     * @param score logarithm of the likelihood there, what is usual of a scale included
     */
    record Best(double scale, double score) {}

    /** Within a clear day: passing haze, and the models of light. */
    private static final double CLEAR_SD = 0.04;
    /** From one clear day to the next: haze, warmth, dust. */
    private static final double DAY_SD = 0.04;

    /** Share of days that have a clear part, where they are few. */
    private static final double CLEAR_DAYS = 0.2;
    /** Share of quarters that are clear on such a day. */
    private static final double CLEAR_SHARE = 0.4;
    /** Of a logarithm of power that may be anywhere down to a twentieth. */
    private static final double CLOUD_DENSITY = 0.32;
    /** More than clear comes from the edges of clouds, and seldom smoothly. */
    private static final double BRIGHTER = 0.05;

    private static final double BRIGHTER_SD = 0.04;
    private static final double HARDLY = 1e-6;
    /** A sky lasts, and the models err alike each day: so many quarters weigh as much as one that came by chance. */
    private static final double ALIKE = 15;

    private static final double BEND = 0.03;
    private static final double BEND_OF_LABEL = 0.004;
    /** Sun above some 9 degrees. */
    private static final double MIN_GHI_WM2 = 120;

    private static final double SURE_GHI_WM2 = 400;
    /** Share of the label below which the diffuse light, which the models know least, is most of the power. */
    private static final double FAINT = 0.03;

    private static final double STEP = 0.02;
    private static final int FINER = 4;
    private static final double LOWEST = Math.log(PanelLearner.MIN_SCALE);
    private static final int SCALES = 1 + (int) Math.round((Math.log(PanelLearner.MAX_SCALE) - LOWEST) / STEP);
    private static final double REACH = 0.30;
    private static final int DAY_REACH = 5;
    private static final double[] SHARP = table(CLEAR_SD);
    private static final double[] BLUNT = table(2 * CLEAR_SD);

    /** A quarter that may be clear; {@code east}, {@code north} and {@code up} lead to the sun. */
    private record Smooth(
            double east,
            double north,
            double up,
            SkyLight light,
            double directShare,
            double airC,
            double pvW,
            double weight) {}

    private final double wattsStc;
    private final List<List<Smooth>> days = new ArrayList<>();

    /**
     * @param days whole days, in rising order
     * @param halfLifeDays how fast the past fades before the newest of them
     * @param shade of which only the shares of direct light are taken
     */
    Agreement(Collection<List<Quarter>> days, double halfLifeDays, PanelModel shade) {
        this.wattsStc = shade.panel().wattsStc();
        long newest =
                days.stream().mapToLong(day -> day.getFirst().solarDay()).max().orElse(0);
        for (List<Quarter> day : days) {
            double recent = Math.pow(0.5, (newest - day.getFirst().solarDay()) / halfLifeDays);
            List<Smooth> smooth = new ArrayList<>();
            for (int i = 1; i < day.size() - 1; i++) {
                if (isSmooth(day.get(i - 1), day.get(i), day.get(i + 1))) {
                    smooth.add(smooth(day.get(i), recent, shade));
                }
            }
            this.days.add(smooth);
        }
    }

    private boolean isSmooth(Quarter before, Quarter middle, Quarter after) {
        boolean adjoining = middle.bin().startEpochS() - before.bin().startEpochS() == ClearSkyMeter.BIN_S
                && after.bin().startEpochS() - middle.bin().startEpochS() == ClearSkyMeter.BIN_S;
        boolean seen = before.bin().tellsTheSky()
                && middle.bin().tellsTheSky()
                && after.bin().tellsTheSky();
        if (!adjoining || !seen || middle.clearGhiWm2() < MIN_GHI_WM2) {
            return false;
        }
        double watts = middle.bin().meanPvW();
        double bend = before.bin().meanPvW() - 2 * watts + after.bin().meanPvW();
        return Math.abs(bend) < BEND * watts + BEND_OF_LABEL * wattsStc;
    }

    private static Smooth smooth(Quarter quarter, double recent, PanelModel shade) {
        SunPosition position = quarter.position();
        double elevation = Math.toRadians(position.elevationDeg());
        double azimuth = Math.toRadians(position.azimuthDeg());
        return new Smooth(
                Math.cos(elevation) * Math.sin(azimuth),
                Math.cos(elevation) * Math.cos(azimuth),
                Math.sin(elevation),
                position.light(quarter.clearGhiWm2()),
                shade.directShare(position),
                quarter.airC(),
                quarter.bin().meanPvW(),
                recent * Math.min(1, quarter.clearGhiWm2() / SURE_GHI_WM2) / ALIKE);
    }

    /**
     * The scale on which most agree for a panel so mounted.
     *
     * @param roughly faster, and without losing sight of a peak from afar
     * @param usual scale, from which a deviation of {@code usualSd} of its logarithm costs half a unit
     */
    Best best(Panel panel, boolean roughly, double usual, double usualSd) {
        double[] scores = new double[SCALES];
        double[] ofDay = new double[SCALES];
        for (List<Smooth> day : days) {
            Arrays.fill(ofDay, 0);
            addDay(ofDay, day, panel, roughly);
            for (int scale = 0; scale < SCALES; scale++) {
                scores[scale] += clearDay(roughly ? ofDay[scale] : onThatDay(ofDay, scale));
            }
        }
        int best = 0;
        for (int scale = 0; scale < SCALES; scale++) {
            scores[scale] -= square((LOWEST + scale * STEP - Math.log(usual)) / usualSd) / 2;
            best = scores[scale] > scores[best] ? scale : best;
        }
        return new Best(Math.exp(LOWEST + (best + peak(scores, best)) * STEP), scores[best]);
    }

    private void addDay(double[] scores, List<Smooth> day, Panel panel, boolean roughly) {
        double tilt = Math.toRadians(panel.tiltDeg());
        double azimuth = Math.toRadians(panel.azimuthDeg());
        double east = Math.sin(tilt) * Math.sin(azimuth);
        double north = Math.sin(tilt) * Math.cos(azimuth);
        double up = Math.cos(tilt);
        double faintW = FAINT * wattsStc;
        double[] table = roughly ? BLUNT : SHARP;
        int stride = roughly ? 4 : 2;
        for (int i = 0; i < day.size(); i += stride) {
            Smooth quarter = day.get(i);
            double cosIncidence = east * quarter.east() + north * quarter.north() + up * quarter.up();
            double poa = quarter.light().poaWm2(cosIncidence, up, quarter.directShare());
            double direct = 1 - quarter.light().aroundWm2(up) / poa;
            double clearW = panel.powerW(poa, quarter.airC());
            double log = Math.log((quarter.pvW() + faintW * PanelModel.USUAL_SCALE) / (clearW + faintW));
            double weight = stride * direct * quarter.weight();
            int cell = (int) Math.round((log - LOWEST + REACH) / STEP * FINER);
            for (int scale = 0; scale < SCALES && cell >= 0; scale++) {
                scores[scale] += weight * table[Math.min(cell, table.length - 1)];
                cell -= FINER;
            }
        }
    }

    /** Each day has a clear sky of its own, near that of the others. */
    private static double onThatDay(double[] ofDay, int scale) {
        double best = ofDay[scale];
        int last = Math.min(SCALES - 1, scale + DAY_REACH);
        for (int near = Math.max(0, scale - DAY_REACH); near <= last; near++) {
            best = Math.max(best, ofDay[near] - square((near - scale) * STEP / DAY_SD) / 2);
        }
        return best;
    }

    /** A day of which only some quarters agree is rather a dull one whose clouds happened to. */
    private static double clearDay(double agreement) {
        return agreement <= 0 ? agreement : Math.log(1 - CLEAR_DAYS + CLEAR_DAYS * Math.exp(agreement));
    }

    /** Of the parabola through the highest and its neighbours, in steps. */
    private static double peak(double[] scores, int best) {
        if (best == 0 || best == SCALES - 1) {
            return 0;
        }
        double bend = scores[best - 1] - 2 * scores[best] + scores[best + 1];
        return bend < 0 ? (scores[best - 1] - scores[best + 1]) / (2 * bend) : 0;
    }

    /** What a quarter adds, by the logarithm of its power over the clear one; a cloudy one adds nothing. */
    private static double[] table(double sd) {
        double[] table = new double[1 + (int) Math.round(2 * REACH / STEP * FINER)];
        double cloudy = Math.log((1 - CLEAR_SHARE) * CLOUD_DENSITY);
        for (int i = 0; i < table.length; i++) {
            double off = i * STEP / FINER - REACH;
            double clear = Math.exp(-square(off / sd) / 2) / (sd * Math.sqrt(2 * Math.PI));
            double cloud = CLOUD_DENSITY * (off <= BRIGHTER ? 1 : Math.exp((BRIGHTER - off) / BRIGHTER_SD));
            table[i] = Math.log(CLEAR_SHARE * clear + (1 - CLEAR_SHARE) * cloud + HARDLY) - cloudy;
        }
        return table;
    }

    private static double square(double value) {
        return value * value;
    }
}

package sunpeer.appliance.energy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well quarters of an hour agree on a panel. Only those count whose neighbours make a smooth curve with them, for under
 * broken clouds nothing is to be learned. Confined to one call.
 */
final class Agreement {
    /** @param score log likelihood, what is usual included */
    record Best(double scale, double score) {}

    /** Haze, temperature and the models. */
    private static final double CLEAR_SD = 0.05;

    private static final double CLEAR_SHARE = 0.4;
    private static final double CLOUD_DENSITY = 0.32;
    /** Brighter than clear: the edge of a cloud, seldom for a quarter of an hour. */
    private static final double BRIGHTER = 0.05;

    private static final double FAINT = 1e-3;
    /** A sky lasts: quarters that say as much as one that nobody expected. */
    private static final double ALIKE = 6;

    private static final double SMOOTH = 0.03;
    private static final double SMOOTH_OF_LABEL = 0.004;
    private static final double MIN_GHI_WM2 = 120;
    private static final double FULL_WEIGHT_GHI_WM2 = 400;
    /** Share of the label below which power says little. */
    private static final double FLOOR = 0.03;

    private static final double CELL = 0.02;
    private static final double LOWEST = -2.5;
    private static final int CELLS = 160;

    private final double wattsStc;
    private final double airC;
    private final SunPosition[] positions;
    private final double[] pvW;
    private final double[] weights;
    private final int count;
    private @Nullable PanelModel shaded;

    Agreement(List<List<Quarter>> days, long newestDay, double halfLifeDays, double airC, double wattsStc) {
        this.wattsStc = wattsStc;
        this.airC = airC;
        int most = days.stream().mapToInt(List::size).sum();
        positions = new SunPosition[most];
        pvW = new double[most];
        weights = new double[most];
        int n = 0;
        for (List<Quarter> day : days) {
            double recent = Math.pow(0.5, (newestDay - day.getFirst().solarDay()) / halfLifeDays);
            for (int i = 1; i < day.size() - 1; i++) {
                double ghi = day.get(i).position().clearSkyGhiWm2();
                if (ghi >= MIN_GHI_WM2 && smooth(day.get(i - 1), day.get(i), day.get(i + 1))) {
                    positions[n] = day.get(i).position();
                    pvW[n] = day.get(i).bin().meanPvW();
                    weights[n] = recent * Math.min(1, ghi / FULL_WEIGHT_GHI_WM2) / ALIKE;
                    n++;
                }
            }
        }
        count = n;
    }

    void shade(PanelModel model) {
        shaded = model;
    }

    private boolean smooth(Quarter before, Quarter middle, Quarter after) {
        boolean adjoining = middle.bin().startEpochS() - before.bin().startEpochS() == ClearSkyMeter.BIN_S
                && after.bin().startEpochS() - middle.bin().startEpochS() == ClearSkyMeter.BIN_S;
        if (!adjoining || !before.tellsTheSky() || !middle.tellsTheSky() || !after.tellsTheSky()) {
            return false;
        }
        double watts = middle.bin().meanPvW();
        double bend = before.bin().meanPvW() - 2 * watts + after.bin().meanPvW();
        return Math.abs(bend) < SMOOTH * watts + SMOOTH_OF_LABEL * wattsStc;
    }

    Best best(Panel panel, double width, double usualLog, double usualSd) {
        double floor = FLOOR * wattsStc;
        double[] cells = new double[CELLS + 1];
        for (int i = 0; i < count; i++) {
            double share = shaded == null ? 1 : shaded.directShare(positions[i]);
            double clear = panel.powerW(
                    positions[i].poaWm2(positions[i].clearSkyGhiWm2(), panel, share), airC);
            double log = Math.log((pvW[i] + floor * PanelModel.USUAL_SCALE) / (clear + floor));
            double where = Math.clamp((log - LOWEST) / CELL, 0, CELLS - 1e-9);
            int cell = (int) where;
            cells[cell] += weights[i] * (1 - (where - cell));
            cells[cell + 1] += weights[i] * (where - cell);
        }
        int lowest = (int) Math.round((Math.log(PanelLearner.minScale()) - LOWEST) / CELL);
        int highest = (int) Math.round((Math.log(PanelLearner.maxScale()) - LOWEST) / CELL);
        double[] scores = new double[highest + 1];
        Arrays.fill(scores, -1e300);
        int best = lowest;
        for (int scale = lowest; scale <= highest; scale++) {
            double off = (LOWEST + scale * CELL - usualLog) / usualSd;
            double score = -off * off / 2;
            for (int cell = 0; cell <= CELLS; cell++) {
                if (cells[cell] > 0) {
                    score += cells[cell] * likelihood((cell - scale) * CELL, width);
                }
            }
            scores[scale] = score;
            if (score > scores[best]) {
                best = scale;
            }
        }
        double peak = 0;
        if (best > lowest && best < highest) {
            double bend = scores[best - 1] - 2 * scores[best] + scores[best + 1];
            peak = bend < 0 ? (scores[best - 1] - scores[best + 1]) / (2 * bend) : 0;
        }
        return new Best(Math.exp(LOWEST + (best + peak) * CELL), scores[best]);
    }

    private static final double[][] TABLE = new double[3][];

    private static double likelihood(double log, double width) {
        int w = (int) width;
        if (TABLE[w] == null) {
            TABLE[w] = new double[4 * CELLS];
            for (int i = 0; i < 4 * CELLS; i++) {
                TABLE[w][i] = density((i - 2 * CELLS) * CELL, width);
            }
        }
        return TABLE[w][(int) Math.round(log / CELL) + 2 * CELLS];
    }

    private static double density(double log, double width) {
        double sd = CLEAR_SD * width;
        double clear = Math.exp(-log * log / (2 * sd * sd)) / (sd * Math.sqrt(2 * Math.PI));
        double cloud = CLOUD_DENSITY * (log <= BRIGHTER ? 1 : Math.exp((BRIGHTER - log) / 0.04));
        return Math.log(CLEAR_SHARE * clear + (1 - CLEAR_SHARE) * cloud + FAINT);
    }
}

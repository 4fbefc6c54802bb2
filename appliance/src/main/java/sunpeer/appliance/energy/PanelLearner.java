package sunpeer.appliance.energy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Learns how a panel is mounted, what shades it and how much of its label it gives, from quarters of an hour in which the
 * controller took all there was.
 *
 * <p>Quarters under a clear sky agree with each other on one panel, for clouds never repeat themselves: of all mountings and
 * scales the most likely is taken, where each quarter is either clear, and then within some per cent, or cloudy, and then
 * anywhere below. What is usual weighs as much as some hours of agreement.
 */
final class PanelLearner {
    /** Beyond it the label or the place is wrong, which no learning should hide. */
    private static final double MIN_SCALE = 0.5 * PanelModel.USUAL_SCALE;

    private static final double MAX_SCALE = 1.25 * PanelModel.USUAL_SCALE;

    // What is usual of a mounting and a scale, as deviations.
    private static final double TILT_SD_DEG = 20;
    private static final double AZIMUTH_SD_DEG = 50;
    private static final double SCALE_LOG_SD = 0.12;
    /** Of what is thought now by what was thought over the last months. */
    private static final double DRIFT_LOG_SD = 0.08;

    private static final double MOUNTING_HALF_LIFE_DAYS = 40;
    private static final double SCALE_HALF_LIFE_DAYS = 6;

    private static final int SHADE_MIN_DAYS = 6;
    private static final int SPELL = 6;
    private static final int SPELL_WITHIN = 16;
    private static final double AGREES = 0.10;
    private static final double SHADE_QUANTILE = 0.8;
    private static final double SHADE_BELOW = 0.75;
    private static final double SHADE_MIN_BEAM_WM2 = 80;

    private final Place place;
    private final Panel told;

    PanelLearner(Place place, Panel told) {
        this.place = place;
        this.told = told;
    }

    /** The panel by all days before {@code today}. */
    PanelModel learn(Collection<Quarter> quarters, double airC) {
        List<List<Quarter>> days = byDay(quarters);
        PanelModel assumed = PanelModel.assumed(place, told);
        if (days.isEmpty()) {
            return assumed;
        }
        long newest = days.getLast().getFirst().solarDay();
        Agreement slow = new Agreement(days, newest, MOUNTING_HALF_LIFE_DAYS, airC, told.wattsStc());
        Panel panel = told.assumed() ? mounting(slow) : told;
        Agreement.Best usual = slow.best(panel, 1, Math.log(PanelModel.USUAL_SCALE), SCALE_LOG_SD);
        List<Double> direct = direct(days, panel, usual.scale(), airC);
        Agreement fast = new Agreement(days, newest, SCALE_HALF_LIFE_DAYS, airC, told.wattsStc());
        fast.shade(new PanelModel(place, panel, 1, direct));
        double scale = fast.best(panel, 1, Math.log(usual.scale()), DRIFT_LOG_SD).scale();
        return new PanelModel(place, panel, scale, direct);
    }

    private static List<List<Quarter>> byDay(Collection<Quarter> quarters) {
        SortedMap<Long, List<Quarter>> byDay = new TreeMap<>();
        for (Quarter quarter : quarters) {
            byDay.computeIfAbsent(quarter.solarDay(), any -> new ArrayList<>()).add(quarter);
        }
        return List.copyOf(byDay.values());
    }

    private Panel mounting(Agreement agreement) {
        Panel best = told;
        double bestScore = -Double.MAX_VALUE;
        for (int tilt = 0; tilt <= 90; tilt += 10) {
            for (int azimuth = 0; azimuth < 360; azimuth += tilt == 0 ? 360 : 20) {
                Panel panel = new Panel(told.wattsStc(), tilt, tilt == 0 ? told.azimuthDeg() : azimuth);
                double score = score(agreement, panel, 2);
                if (score > bestScore) {
                    bestScore = score;
                    best = panel;
                }
            }
        }
        for (double step = 5; step >= 1; step /= 2) {
            bestScore = score(agreement, best, 1);
            Panel centre = best;
            for (int i = -2; i <= 2; i++) {
                for (int j = -2; j <= 2; j++) {
                    double tilt = Math.clamp(centre.tiltDeg() + i * step, 0, 90);
                    double azimuth = (centre.azimuthDeg() + 2 * j * step + 360) % 360;
                    Panel panel = new Panel(told.wattsStc(), tilt, azimuth);
                    double score = score(agreement, panel, 1);
                    if (score > bestScore) {
                        bestScore = score;
                        best = panel;
                    }
                }
            }
        }
        return best;
    }

    private double score(Agreement agreement, Panel panel, double width) {
        double turn = Math.abs((panel.azimuthDeg() - told.azimuthDeg() + 540) % 360 - 180) / AZIMUTH_SD_DEG;
        double tilt = (panel.tiltDeg() - told.tiltDeg()) / TILT_SD_DEG;
        return agreement
                        .best(panel, width, Math.log(PanelModel.USUAL_SCALE), SCALE_LOG_SD)
                        .score()
                - (turn * turn + tilt * tilt) / 2;
    }

    private List<Double> direct(List<List<Quarter>> days, Panel panel, double scale, double airC) {
        PanelModel open = new PanelModel(place, panel, scale, Collections.nCopies(PanelModel.HOURS, 1.0));
        List<List<Double>> shares = new ArrayList<>();
        for (int hour = 0; hour < PanelModel.HOURS; hour++) {
            shares.add(new ArrayList<>());
        }
        for (List<Quarter> day : days) {
            boolean[] agrees = new boolean[day.size()];
            for (int i = 0; i < agrees.length; i++) {
                Quarter quarter = day.get(i);
                double clearW = open.clearPowerW(quarter.position(), airC);
                agrees[i] = quarter.tellsTheSky() && Math.abs(Math.log(quarter.bin().meanPvW() / clearW)) < AGREES;
            }
            for (int hour = 0; hour < PanelModel.HOURS; hour++) {
                double sum = 0;
                int count = 0;
                int first = -1;
                int last = -1;
                for (int i = 0; i < agrees.length; i++) {
                    SunPosition position = day.get(i).position();
                    if (open.hour(position) != hour) {
                        continue;
                    }
                    double clear = position.clearSkyPoaWm2(panel);
                    double dark = position.poaWm2(position.clearSkyGhiWm2(), panel, 0);
                    if (clear - dark < SHADE_MIN_BEAM_WM2) {
                        continue;
                    }
                    first = first < 0 ? i : first;
                    last = i;
                    double share = 1;
                    if (day.get(i).tellsTheSky()) {
                        double poa =
                                clear * day.get(i).bin().meanPvW() / open.clearPowerW(position, airC);
                        share = Math.clamp((poa - dark) / (clear - dark), 0, 1);
                    }
                    sum += share;
                    count++;
                }
                if (count >= 2 && spell(agrees, first, last)) {
                    shares.get(hour).add(sum / count);
                }
            }
        }
        return shares.stream().map(PanelLearner::share).toList();
    }

    private static boolean spell(boolean[] agrees, int first, int last) {
        int run = 0;
        for (int i = Math.max(0, first - SPELL_WITHIN); i < Math.min(agrees.length, last + 1 + SPELL_WITHIN); i++) {
            run = agrees[i] && (i < first || i > last) ? run + 1 : 0;
            if (run >= SPELL) {
                return true;
            }
        }
        return false;
    }

    private static double share(List<Double> shares) {
        if (shares.size() < SHADE_MIN_DAYS) {
            return 1;
        }
        double[] sorted = shares.stream().mapToDouble(share -> share).sorted().toArray();
        double upper = sorted[(int) ((sorted.length - 1) * SHADE_QUANTILE)];
        return upper < SHADE_BELOW ? upper : 1;
    }

    static double minScale() {
        return MIN_SCALE;
    }

    static double maxScale() {
        return MAX_SCALE;
    }
}

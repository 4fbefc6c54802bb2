package sunpeer.appliance.energy;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * Learns how a panel is mounted, what shades it and how much of its label it gives, from quarters of an hour in which the
 * controller took all there was.
 *
 * <p>Of all mountings and scales the one is taken on which most quarters agree (see {@link Agreement}), where what is usual
 * has its say too: clouds never repeat themselves, so a dark month leaves everything as it was. The mounting comes from
 * months, the scale from about two weeks. Immutable; the same quarters give the same panel.
 */
final class PanelLearner {
    /** Beyond it the label or the place is wrong, which no learning should hide. */
    static final double MIN_SCALE = 0.5 * PanelModel.USUAL_SCALE;

    static final double MAX_SCALE = 1.25 * PanelModel.USUAL_SCALE;

    // What is usual of a panel, as standard deviations.
    private static final double TILT_SD_DEG = 15;
    private static final double AZIMUTH_SD_DEG = 50;
    private static final double SCALE_LOG_SD = 0.12;
    /** Of the last two weeks from the last months: dust, and rain that washes it off. */
    private static final double DRIFT_LOG_SD = 0.15;

    private static final double MOUNTING_HALF_LIFE_DAYS = 40;
    private static final double SCALE_HALF_LIFE_DAYS = 4;

    private static final int ROUGH_TILT_DEG = 10;
    private static final int ROUGH_AZIMUTH_DEG = 20;
    private static final double FINEST_DEG = 1;

    private final Place place;
    private final Panel told;

    PanelLearner(Place place, Panel told) {
        this.place = place;
        this.told = told;
    }

    /** @param byDay quarters of whole days in rising order of time, by solar epoch day */
    PanelModel learn(SortedMap<Long, List<Quarter>> byDay) {
        Collection<List<Quarter>> days = byDay.values();
        PanelModel assumed = PanelModel.assumed(place, told);
        Agreement months = new Agreement(days, MOUNTING_HALF_LIFE_DAYS, assumed);
        Panel panel = told.assumed() ? mounting(months) : told;
        double usual =
                months.best(panel, false, PanelModel.USUAL_SCALE, SCALE_LOG_SD).scale();
        PanelModel open = new PanelModel(place, panel, usual, assumed.directByHour());
        PanelModel shaded = new PanelModel(place, panel, usual, Shade.directByHour(days, open));
        Agreement weeks = new Agreement(days, SCALE_HALF_LIFE_DAYS, shaded);
        double scale = weeks.best(panel, false, usual, DRIFT_LOG_SD).scale();
        return new PanelModel(place, panel, scale, shaded.directByHour());
    }

    /** A rough look at every mounting, then ever finer ones around the best. */
    private Panel mounting(Agreement agreement) {
        Panel best = told;
        double bestScore = score(agreement, told, true);
        for (int tilt = 0; tilt <= 90; tilt += ROUGH_TILT_DEG) {
            // Lying flat it faces every way.
            int step = tilt == 0 ? 360 : ROUGH_AZIMUTH_DEG;
            for (int azimuth = 0; azimuth < 360; azimuth += step) {
                Panel panel = new Panel(told.wattsStc(), tilt, azimuth);
                double score = score(agreement, panel, true);
                if (score > bestScore) {
                    bestScore = score;
                    best = panel;
                }
            }
        }
        for (double step = ROUGH_TILT_DEG / 2.0; step >= FINEST_DEG; step /= 2) {
            best = bestAround(agreement, best, step);
        }
        return best;
    }

    private Panel bestAround(Agreement agreement, Panel centre, double stepDeg) {
        Panel best = centre;
        double bestScore = score(agreement, centre, false);
        for (int i = -2; i <= 2; i++) {
            for (int j = -2; j <= 2; j++) {
                double tilt = Math.clamp(centre.tiltDeg() + i * stepDeg, 0, 90);
                double azimuth = (centre.azimuthDeg() + 2 * j * stepDeg + 360) % 360;
                Panel panel = new Panel(told.wattsStc(), tilt, azimuth);
                double score = score(agreement, panel, false);
                if (score > bestScore) {
                    bestScore = score;
                    best = panel;
                }
            }
        }
        return best;
    }

    private double score(Agreement agreement, Panel panel, boolean roughly) {
        double turn = Math.abs((panel.azimuthDeg() - told.azimuthDeg() + 540) % 360 - 180) / AZIMUTH_SD_DEG;
        double tilt = (panel.tiltDeg() - told.tiltDeg()) / TILT_SD_DEG;
        return agreement
                        .best(panel, roughly, PanelModel.USUAL_SCALE, SCALE_LOG_SD)
                        .score()
                - (turn * turn + tilt * tilt) / 2;
    }
}

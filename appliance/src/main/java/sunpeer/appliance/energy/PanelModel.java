package sunpeer.appliance.energy;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a panel gives under a given sky: how it is mounted, how much of its label arrives, and at which hours something stands
 * between it and the sun. Immutable.
 *
 * @param scale share of the panel's ideal power that it gives: dirt, age, wiring, a generous label
 * @param directByHour share of the direct light that reaches it, by hour of the solar day, 0 to 1
 */
public record PanelModel(Place place, Panel panel, double scale, List<Double> directByHour) {
    public static final int HOURS = 24;
    /** Usual share of the label: dirt, mismatch and age. */
    public static final double USUAL_SCALE = 0.90;

    private static final double WORTH_TELLING_DEG = 3;

    public PanelModel {
        directByHour = List.copyOf(directByHour);
        if (!(scale > 0 && scale < 10) || directByHour.size() != HOURS) {
            throw new IllegalArgumentException("no such panel: " + scale + ", " + directByHour);
        }
    }

    /** What is assumed before anything is learned. */
    public static PanelModel assumed(Place place, Panel panel) {
        return new PanelModel(place, panel, USUAL_SCALE, Collections.nCopies(HOURS, 1.0));
    }

    /** Share of the direct light that reaches the panel from a sun that stands there. */
    public double directShare(SunPosition position) {
        return directByHour.get(hour(position));
    }

    /** Hour of the solar day, 0 to 23. */
    int hour(SunPosition position) {
        return Math.clamp((int) Math.floor(position.solarHour(place.latitudeDeg())), 0, HOURS - 1);
    }

    /** Power of the panel, W, when the horizontal gets {@code ghiWm2}. */
    public double powerW(SunPosition position, double ghiWm2, double airC) {
        return scale * panel.powerW(position.poaWm2(ghiWm2, panel, directShare(position)), airC);
    }

    /** Power of the panel under a clear sky, W. */
    public double clearPowerW(SunPosition position, double airC) {
        return powerW(position, position.clearSkyGhiWm2(), airC);
    }

    /** The same in a quarter of an hour. */
    double clearPowerW(Quarter quarter) {
        double direct = directByHour.get(quarter.hour());
        double poa = quarter.position().poaWm2(quarter.clearGhiWm2(), panel, direct);
        return scale * panel.powerW(poa, quarter.airC());
    }

    /**
     * The model in one sentence, as {@code panel learned: 38° towards 205°, 81 % of its label, shade 7:00 to 9:00 by the sun}.
     *
     * @param told what the owner said, or what was assumed
     */
    String text(Panel told) {
        double turn = Math.abs((panel.azimuthDeg() - told.azimuthDeg() + 540) % 360 - 180);
        boolean same = Math.abs(panel.tiltDeg() - told.tiltDeg()) < WORTH_TELLING_DEG && turn < 2 * WORTH_TELLING_DEG;
        String known = !told.assumed() ? "as given" : same ? "as assumed" : "learned";
        return String.format(
                Locale.ROOT,
                "panel %s: %.0f° towards %.0f°, %.0f %% of its label%s",
                known,
                panel.tiltDeg(),
                panel.azimuthDeg(),
                100 * scale,
                shadeText());
    }

    private String shadeText() {
        StringBuilder text = new StringBuilder();
        int hour = 0;
        while (hour < HOURS) {
            int end = hour;
            while (end < HOURS && directByHour.get(end) < 1) {
                end++;
            }
            if (end > hour) {
                text.append(text.isEmpty() ? ", shade " : " and ")
                        .append(String.format(Locale.ROOT, "%d:00 to %d:00", hour, end));
            }
            hour = end + 1;
        }
        return text.isEmpty() ? "" : text + " by the sun";
    }
}

package sunpeer.appliance.energy;

/**
 * A solar panel as it is mounted. Immutable.
 *
 * @param wattsStc rated power at 1000 W/m² and 25 °C cell temperature
 * @param tiltDeg 0 lies flat, 90 stands upright
 * @param azimuthDeg where the front looks, clockwise from north: 180 is south
 * @param assumed whether tilt and azimuth are only what is usual, so that they are to be learned
 */
public record Panel(double wattsStc, double tiltDeg, double azimuthDeg, boolean assumed) {
    /** Typical of crystalline silicon. */
    private static final double LOSS_PER_KELVIN = 0.0037;
    /** Nominal operating cell temperature of 45 °C: 25 K above the air at 800 W/m². */
    private static final double KELVIN_PER_WM2 = 0.03125;

    private static final double STC_WM2 = 1000;
    private static final double STC_CELL_C = 25;

    public Panel {
        if (!(wattsStc > 0 && wattsStc < 1e6 && tiltDeg >= 0 && tiltDeg <= 90 && Math.abs(azimuthDeg) <= 360)) {
            throw new IllegalArgumentException(
                    "no such panel: " + wattsStc + " W, tilt " + tiltDeg + ", " + azimuthDeg);
        }
    }

    /** A panel whose mounting somebody has looked at. */
    public Panel(double wattsStc, double tiltDeg, double azimuthDeg) {
        this(wattsStc, tiltDeg, azimuthDeg, false);
    }

    /**
     * What is assumed of a panel: steep enough to favour winter, when a standalone system is short: latitude plus 5 degrees, at
     * most 65.
     */
    public static Panel facingEquator(Place place, double wattsStc) {
        double tiltDeg = Math.min(65, Math.abs(place.latitudeDeg()) + 5);
        return new Panel(wattsStc, tiltDeg, place.latitudeDeg() >= 0 ? 180 : 0, true);
    }

    /** The same, and not to be doubted. */
    public Panel known() {
        return new Panel(wattsStc, tiltDeg, azimuthDeg);
    }

    /** Power of the clean panel at its best point, W, before dirt, wire and converter take theirs. */
    public double powerW(double poaWm2, double airC) {
        double cellC = airC + KELVIN_PER_WM2 * poaWm2;
        return Math.max(0, wattsStc * poaWm2 / STC_WM2 * (1 - LOSS_PER_KELVIN * (cellC - STC_CELL_C)));
    }
}

package sunpeer.appliance.sim.weather;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sunpeer.appliance.energy.Place;

/**
 * Irradiance and air temperature at one place in equal steps without gaps, in whole days. Immutable.
 *
 * <p>A value is the mean over its step. Irradiances are in W/m²: GHI on the horizontal, DNI facing the sun, DHI from the sky.
 */
public final class WeatherYear {
    private final Optional<Place> place;
    private final Instant start;
    private final int stepS;
    private final boolean split;
    private final double[] ghi;
    private final double[] dni;
    private final double[] dhi;
    private final double[] airC;

    WeatherYear(Optional<Place> place, Instant start, int stepS, boolean split, List<Sample> samples) {
        this.place = place;
        this.start = start;
        this.stepS = stepS;
        this.split = split;
        this.ghi = samples.stream().mapToDouble(Sample::ghi).toArray();
        this.dni = samples.stream().mapToDouble(Sample::dni).toArray();
        this.dhi = samples.stream().mapToDouble(Sample::dhi).toArray();
        this.airC = samples.stream().mapToDouble(Sample::airC).toArray();
    }

    /** Where it was measured, if the file says so. */
    public Optional<Place> place() {
        return place;
    }

    /** When the first step begins. */
    public Instant start() {
        return start;
    }

    public int stepS() {
        return stepS;
    }

    public int steps() {
        return ghi.length;
    }

    public int days() {
        return (int) ((long) steps() * stepS / Series.DAY_S);
    }

    /** Whether direct and diffuse light were told apart; otherwise {@link #dniWm2} and {@link #dhiWm2} are not numbers. */
    public boolean isSplit() {
        return split;
    }

    public double ghiWm2(int step) {
        return ghi[step];
    }

    public double dniWm2(int step) {
        return dni[step];
    }

    public double dhiWm2(int step) {
        return dhi[step];
    }

    public double airC(int step) {
        return airC[step];
    }
}

package sunpeer.appliance.energy;

/**
 * How clear the sky was over a window, by the panel's measure. Immutable.
 *
 * @param clearSkyIndex irradiance on the horizontal over that of a clear sky, weighted by the latter; 0 to 1.5
 * @param samples readings it stands on, none of them curtailed
 * @param coverage share of the window's clear-sky energy that those readings saw, 0 to 1
 */
public record Measured(double clearSkyIndex, int samples, double coverage) {}

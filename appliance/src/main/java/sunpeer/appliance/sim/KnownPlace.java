package sunpeer.appliance.sim;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sunpeer.appliance.energy.Place;

/**
 * A place by its name, with its weather. Immutable.
 *
 * @param measured whether the numbers of its clear-sky index come from a year or more of irradiance measured there or nearby;
 *     otherwise they are estimated from places of the same climate
 */
public record KnownPlace(String name, Place place, Weather weather, boolean measured) {
    private static final double EARTH_KM = 6371;

    /** Places of all the world's climates. */
    public static final List<KnownPlace> ALL = List.of(
            // Measured; of the daily clear-sky index: mean, deviation, lag; wind from; air: mean of the year, season,
            // day.
            known(true, "Copenhagen", 55.68, 12.57, 0.46, 0.32, 0.42, 260, 9, 9, 4),
            known(true, "Denver", 39.74, -104.99, 0.81, 0.27, 0.17, 280, 10, 12, 7),
            known(true, "Dresden", 51.05, 13.74, 0.49, 0.31, 0.44, 260, 9, 10, 5),
            known(true, "Hyderabad", 17.39, 78.49, 0.75, 0.20, 0.81, 240, 27, 5, 5),
            known(true, "London", 51.51, -0.13, 0.44, 0.27, 0.36, 240, 11, 7, 4),
            known(true, "Miami", 25.76, -80.19, 0.69, 0.17, 0.34, 110, 25, 4, 4),
            known(true, "Oklahoma City", 35.47, -97.52, 0.78, 0.29, 0.19, 180, 16, 12, 7),
            known(true, "Phoenix", 33.45, -112.07, 0.88, 0.17, 0.21, 250, 23, 11, 7),
            known(true, "Turin", 45.07, 7.69, 0.68, 0.31, 0.47, 250, 13, 11, 5),
            known(true, "Valence", 44.93, 4.89, 0.72, 0.27, 0.44, 350, 13, 9, 5),
            known(false, "Beijing", 39.90, 116.40, 0.70, 0.28, 0.35, 300, 13, 15, 6),
            known(false, "Berlin", 52.52, 13.41, 0.49, 0.31, 0.44, 260, 10, 10, 5),
            known(false, "Cairo", 30.04, 31.24, 0.88, 0.14, 0.40, 340, 22, 7, 6),
            known(false, "Cape Town", -33.92, 18.42, 0.80, 0.24, 0.30, 180, 17, 5, 5),
            known(false, "Johannesburg", -26.20, 28.05, 0.82, 0.21, 0.35, 340, 16, 5, 6),
            known(false, "Lagos", 6.52, 3.38, 0.60, 0.18, 0.45, 220, 27, 2, 3),
            known(false, "Lima", -12.05, -77.04, 0.60, 0.22, 0.70, 180, 19, 4, 3),
            known(false, "Madrid", 40.42, -3.70, 0.78, 0.27, 0.40, 250, 15, 10, 6),
            known(false, "Mexico City", 19.43, -99.13, 0.75, 0.20, 0.45, 20, 16, 3, 6),
            known(false, "Nairobi", -1.29, 36.82, 0.70, 0.20, 0.35, 70, 18, 2, 6),
            known(false, "Oslo", 59.91, 10.75, 0.47, 0.31, 0.42, 220, 6, 11, 4),
            known(false, "Reykjavik", 64.15, -21.94, 0.42, 0.27, 0.30, 120, 5, 6, 2),
            known(false, "São Paulo", -23.55, -46.63, 0.62, 0.27, 0.40, 140, 20, 4, 5),
            known(false, "Singapore", 1.35, 103.82, 0.60, 0.17, 0.25, 180, 28, 1, 3),
            known(false, "Sydney", -33.87, 151.21, 0.74, 0.28, 0.30, 200, 18, 5, 4),
            known(false, "Tokyo", 35.68, 139.69, 0.60, 0.30, 0.25, 290, 16, 11, 4),
            known(false, "Tromsø", 69.65, 18.96, 0.42, 0.28, 0.40, 220, 3, 8, 2));

    private static KnownPlace known(
            boolean measured,
            String name,
            double latitude,
            double longitude,
            double mean,
            double sd,
            double lag1,
            double windFromDeg,
            double airMeanC,
            double airSeasonC,
            double airDayC) {
        // Only neighbours would notice how fast weather moves.
        Weather weather = new Weather(mean, sd, lag1, 8, windFromDeg, airMeanC, airSeasonC, airDayC);
        return new KnownPlace(name, new Place(latitude, longitude), weather, measured);
    }

    /** By its name, in any case. */
    public static Optional<KnownPlace> named(String name) {
        return ALL.stream()
                .filter(known -> known.name.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    public static KnownPlace nearest(Place place) {
        return ALL.stream()
                .min(Comparator.comparingDouble(known -> known.km(place)))
                .orElseThrow();
    }

    /** Distance along the earth. */
    public double km(Place other) {
        double north = Math.toRadians(place.latitudeDeg());
        double otherNorth = Math.toRadians(other.latitudeDeg());
        double east = Math.toRadians(other.longitudeDeg() - place.longitudeDeg());
        double cos = Math.sin(north) * Math.sin(otherNorth) + Math.cos(north) * Math.cos(otherNorth) * Math.cos(east);
        return EARTH_KM * Math.acos(Math.clamp(cos, -1, 1));
    }
}

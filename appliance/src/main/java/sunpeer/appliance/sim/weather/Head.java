package sunpeer.appliance.sim.weather;

import java.io.IOException;
import java.time.ZoneOffset;
import sunpeer.appliance.energy.Place;

/** What the heads of the formats have in common. */
final class Head {
    private static final double ZONE_MAX_H = 14;

    private Head() {}

    static Place place(Where where, String latitude, String longitude) throws IOException {
        double latitudeDeg = where.number("latitude", latitude);
        double longitudeDeg = where.number("longitude", longitude);
        try {
            return new Place(latitudeDeg, longitudeDeg);
        } catch (IllegalArgumentException _) {
            throw where.wrong("there is no place at latitude " + latitudeDeg + ", longitude " + longitudeDeg);
        }
    }

    static ZoneOffset zone(Where where, String hours) throws IOException {
        double zoneH = where.number("time zone", hours);
        if (!(Math.abs(zoneH) <= ZONE_MAX_H)) {
            throw where.wrong("time zone is " + zoneH + " hours from UTC, possible is -14 to 14");
        }
        return ZoneOffset.ofTotalSeconds((int) Math.round(zoneH * Series.HOUR_S));
    }
}

package sunpeer.appliance.energy;

import java.time.ZoneOffset;

/**
 * A point on the earth. North and east are positive. Immutable.
 *
 * @param latitudeDeg -90 to 90
 * @param longitudeDeg -180 to 180
 */
public record Place(double latitudeDeg, double longitudeDeg) {
    private static final int SECONDS_PER_DEGREE = 240;

    public Place {
        // Written so that NaN fails too.
        if (!(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180)) {
            throw new IllegalArgumentException("no such place: " + latitudeDeg + ", " + longitudeDeg);
        }
    }

    /**
     * Local mean solar time. A day of this offset holds one noon in its middle wherever the place is, which no political
     * time zone promises; every "day" of this package is such a day.
     */
    public ZoneOffset solarOffset() {
        return ZoneOffset.ofTotalSeconds((int) Math.round(longitudeDeg * SECONDS_PER_DEGREE));
    }
}

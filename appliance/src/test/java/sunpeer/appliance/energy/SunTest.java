package sunpeer.appliance.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SunTest {
    /** Published example of the NREL solar position algorithm (Reda and Andreas 2003): zenith 50.11162, azimuth 194.34024. */
    @Test
    void agreesWithThePublishedExample() {
        SunPosition sun = new Sun(new Place(39.742476, -105.1786)).at(Instant.parse("2003-10-17T19:30:30Z"));
        assertThat(sun.elevationDeg()).isCloseTo(90 - 50.11162, within(0.02));
        assertThat(sun.azimuthDeg()).isCloseTo(194.34024, within(0.02));
    }

    /** On the equinox the sun stands over the equator, on the solstices over the tropics at 23.44 degrees. */
    @ParameterizedTest
    @CsvSource({
        "2025-03-20, 0, 0, 0",
        "2025-03-20, 40, -105, 0",
        "2025-03-20, -33.9, 18.4, 0",
        "2025-09-22, 55.8, 12.5, 0",
        "2025-06-21, 55.8, 12.5, 23.44",
        "2025-12-21, 55.8, 12.5, -23.44",
        "2025-12-21, -33.9, 151.2, -23.44",
        "2025-06-21, 17.4, 78.5, 23.44"
    })
    void standsAtNoonByTheGeometryOfTheYear(LocalDate day, double latitude, double longitude, double declination) {
        Sun sun = new Sun(new Place(latitude, longitude));
        Instant noon = sun.daylight(day).noon();
        assertThat(sun.at(noon).elevationDeg()).isCloseTo(90 - Math.abs(latitude - declination), within(0.35));
        assertThat(sun.dayOf(noon)).isEqualTo(day);
        // Nowhere is the sun higher an hour before or after.
        assertThat(sun.at(noon).elevationDeg())
                .isGreaterThan(sun.at(noon.minusSeconds(3600)).elevationDeg())
                .isGreaterThan(sun.at(noon.plusSeconds(3600)).elevationDeg());
    }

    /** Times of almanacs, to the minute, UTC. */
    @ParameterizedTest
    @CsvSource({
        "51.5072, -0.1276, 2024-06-20, 2024-06-20T03:43:00Z, 2024-06-20T20:21:00Z",
        "51.5072, -0.1276, 2024-12-21, 2024-12-21T08:04:00Z, 2024-12-21T15:53:00Z",
        "40.7128, -74.0060, 2024-03-19, 2024-03-19T11:00:00Z, 2024-03-19T23:08:00Z"
    })
    void risesAndSetsByTheAlmanac(double latitude, double longitude, LocalDate day, Instant rise, Instant set) {
        Daylight daylight = new Sun(new Place(latitude, longitude)).daylight(day);
        assertThat(daylight).isInstanceOfSatisfying(Daylight.Regular.class, regular -> {
            assertThat(Duration.between(regular.sunrise(), rise).abs()).isLessThan(Duration.ofSeconds(90));
            assertThat(Duration.between(regular.sunset(), set).abs()).isLessThan(Duration.ofSeconds(90));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "69.65, 18.96, 2024-12-10, PolarNight", // Tromsø
        "69.65, 18.96, 2024-06-10, PolarDay",
        "69.65, 18.96, 2024-03-10, Regular",
        "-90, 0, 2024-06-10, PolarNight",
        "90, 0, 2024-06-10, PolarDay",
        "78.2, 15.6, 2024-12-31, PolarNight", // Longyearbyen
        "0, 180, 2024-06-10, Regular",
        "0, -180, 2024-06-10, Regular"
    })
    void knowsPolarDays(double latitude, double longitude, LocalDate day, String kind) {
        Daylight daylight = new Sun(new Place(latitude, longitude)).daylight(day);
        assertThat(daylight.getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        // the same day, the next day, the end of the polar night, the end of the polar day
        "51.5, -0.13, 2024-06-20T01:00:00Z, 2024-06-20T03:43:00Z, 5",
        "51.5, -0.13, 2024-06-20T12:00:00Z, 2024-06-21T03:43:00Z, 5",
        "69.65, 18.96, 2024-12-01T12:00:00Z, 2025-01-15T11:00:00Z, 2880",
        "69.65, 18.96, 2024-06-01T12:00:00Z, 2024-07-26T23:00:00Z, 2880",
        // at the pole the sun rises once a year, two days before the equinox by refraction
        "90, 0, 2024-12-01T12:00:00Z, 2025-03-18T12:00:00Z, 2880",
        "-90, 0, 2024-12-01T12:00:00Z, 2025-09-20T12:00:00Z, 2880"
    })
    void findsTheNextSunrise(double latitude, double longitude, Instant after, Instant expected, long minutes) {
        Sun sun = new Sun(new Place(latitude, longitude));
        Instant sunrise = sun.nextSunrise(after).orElseThrow();
        assertThat(sunrise).isAfter(after);
        assertThat(Duration.between(expected, sunrise).abs()).isLessThanOrEqualTo(Duration.ofMinutes(minutes));
        assertThat(sun.at(sunrise).elevationDeg()).isCloseTo(-0.833, within(0.1));
    }

    @Test
    void clearSkyIsZeroAtNightAndPlausibleByDay() {
        Sun sun = new Sun(new Place(40, 0));
        Panel panel = Panel.facingEquator(sun.place(), 100);
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        for (int i = 0; i < 365 * 24; i++) {
            SunPosition position = sun.at(start.plus(Duration.ofHours(i)));
            double ghi = position.clearSkyGhiWm2();
            double poa = position.clearSkyPoaWm2(panel);
            assertThat(ghi).isBetween(0.0, 1098.0).isLessThanOrEqualTo(position.extraterrestrialWm2());
            assertThat(poa).isBetween(0.0, 1250.0);
            if (position.elevationDeg() < 0) {
                assertThat(ghi + poa).isZero();
            }
        }
        // Haurwitz with the sun in the zenith.
        assertThat(new SunPosition(90, 0, 1361).clearSkyGhiWm2()).isCloseTo(1098 * Math.exp(-0.059), within(1e-9));
    }

    @Test
    void tiltTurnsLightOntoThePanelAndFlatLeavesIt() {
        SunPosition low = new SunPosition(25, 180, 1361);
        double ghi = low.clearSkyGhiWm2();
        assertThat(low.poaWm2(ghi, new Panel(100, 0, 180))).isCloseTo(ghi, within(0.01 * ghi));
        assertThat(low.poaWm2(ghi, new Panel(100, 60, 180))).isGreaterThan(1.5 * ghi);
        assertThat(low.poaWm2(ghi, new Panel(100, 60, 0))).isLessThan(0.6 * ghi);
        assertThat(low.poaWm2(0, new Panel(100, 60, 0))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"91, 0", "-90.1, 0", "0, 181", "NaN, 0", "0, NaN"})
    void refusesPlacesThatAreNone(double latitude, double longitude) {
        assertThatThrownBy(() -> new Place(latitude, longitude)).isInstanceOf(IllegalArgumentException.class);
    }
}

package sunpeer.drivers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;

class ContinuityTest {
    /** Values a number of seconds apart, and which of them are doubted: g for good, s for suspect. */
    @ParameterizedTest
    @CsvSource({
        "battery_v, 5, 13.0 12.9 13.1 12.8, gggg",
        "battery_v, 5, 13.0 3.0 13.1 13.0, gsgg",
        "battery_v, 5, 13.0 10.5 10.4 10.3, gsgg",
        "battery_v, 60, 13.0 10.5 10.4 10.3, gggg",
        "battery_v, 5, 52.0 48.0 52.0 40.0, gggs",
        "battery_v, 900, 13.0 25.0 13.0 25.0, gggg",
        "battery_v, 0, 13.0 25.0 13.0 25.0, gggg",
        "controller_soc, 5, 34 46 47 48, gsgg",
        "controller_soc, 120, 34 46 47 80, gggs",
        "pv_energy_total, 60, 5000 5010 100 5020, ggsg",
        "pv_energy_total, 60, 5000 5010 0 10, ggsg",
        "pv_energy_total, 60, 5000 70000 5010 5020, gsgg",
    })
    void jumps(String key, int seconds, String numbers, String judged) {
        Quantity quantity = Quantity.ofKey(key).orElseThrow();
        Continuity continuity = new Continuity();
        StringBuilder found = new StringBuilder();
        Instant now = Instant.EPOCH;
        for (String number : numbers.split(" ", -1)) {
            Measured measured = new Measured();
            measured.put(quantity, Value.good(Double.parseDouble(number)));
            continuity.judge(measured, now);
            found.append(measured.get(quantity).quality() == Quality.GOOD ? 'g' : 's');
            now = now.plusSeconds(seconds);
        }
        assertThat(found).hasToString(judged);
    }
}

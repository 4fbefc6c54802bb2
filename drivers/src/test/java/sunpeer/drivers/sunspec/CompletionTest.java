package sunpeer.drivers.sunspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.profile.Profiles;

class CompletionTest {
    private final Completion completion =
            new Completion(Profiles.find("victron-monitor").orElseThrow());

    /** A current of a slow block, next to a state of charging of a fast one. */
    @Test
    void aCurrentOfBeforeSaysNothingOfItsDirectionNow() {
        assertThat(complete(Value.good(5), "charging")).isEqualTo(Value.good(5));
        Value old = new Value(5, Quality.STALE);
        assertThat(complete(old, "discharging")).isEqualTo(old);
        assertThat(complete(old, "discharging")).isEqualTo(old);
        assertThat(complete(Value.good(5), "holding")).isEqualTo(Value.good(5));
    }

    private Value complete(Value amperes, String state) {
        Reading reading = Reading.ofBattery(Instant.EPOCH, "a test", Value.good(13), amperes, Value.ABSENT);
        return completion
                .complete(new ReadResult.Ok(reading, List.of(Detail.text("124.ChaSt", state))))
                .reading()
                .batteryA();
    }
}

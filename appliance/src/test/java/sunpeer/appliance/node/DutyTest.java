package sunpeer.appliance.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.schedule.Stage;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** A peer of a subnet with hourly epochs that sleeps: others wait for its forecasts of hours that have light. */
class DutyTest {
    private static final Instant EVENING = Instant.parse("2026-06-01T20:00:00Z");

    private final Pair pair = Pair.joined(Stage.ASLEEP);
    private final List<Command> commands = new ArrayList<>();

    private void tickUntil(Instant end, double amps, double pvW) {
        while (pair.now.isBefore(end)) {
            pair.now = pair.now.plus(Duration.ofMinutes(2));
            for (Command command : pair.give(new Event.Tick(pair.now))) {
                commands.add(command);
                if (command instanceof Command.Sleep) {
                    return;
                }
                if (command instanceof Command.Poll) {
                    commands.addAll(
                            pair.give(new Event.Polled(pair.now, new ReadResult.Ok(reading(amps, pvW), List.of()))));
                }
            }
        }
    }

    private Reading reading(double amps, double pvW) {
        Value absent = Value.ABSENT;
        boolean full = pvW > 0;
        return new Reading(
                pair.now,
                "test",
                Value.good(full ? 14.4 : 13.1),
                Value.good(amps),
                absent,
                absent,
                absent,
                absent,
                absent,
                Value.good(pvW),
                absent,
                absent,
                absent,
                full ? ChargeStage.FLOAT : ChargeStage.OFF);
    }

    @Test
    void itWakesForTheFirstForecastOfTheDay() {
        tickUntil(EVENING, 0.1, 20);
        // A big load empties 15 Ah.
        tickUntil(EVENING.plus(Duration.ofHours(3)), -5.4, 0);
        // The sun rises at 03:43: the hour from 03:00 on has light, its forecast is due at seven tenths of the hour
        // before.
        assertThat(commands.getLast())
                .isEqualTo(
                        new Command.Sleep(Instant.parse("2026-06-02T02:42:00Z").minus(Duration.ofMinutes(2))));
    }
}

package sunpeer.appliance.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.energy.NightAhead;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.schedule.Reason;
import sunpeer.appliance.schedule.Stage;

/** A core that rests: what it asks for, says and remembers. */
class RestDeskTest {
    private static final Instant BEGIN = Instant.parse("2026-12-01T07:00:00Z");

    private final NightAhead night = new NightAhead(new Place(45.07, 7.69));

    private SleepyNode inTheEvening() {
        SleepyNode node = new SleepyNode(
                BEGIN,
                0.9 * SleepyNode.CAPACITY_WH,
                at -> night.isLight(at) && at.isBefore(BEGIN.plus(Duration.ofHours(4))) ? 30 : 0);
        node.runUntil(BEGIN.plus(Duration.ofHours(5)));
        return node;
    }

    private static List<Command> untilItSleeps(SleepyNode node) {
        for (int tick = 0; tick < 10_000; tick++) {
            List<Command> commands = node.give(new Event.Tick(node.now));
            if (commands.getLast() instanceof Command.Sleep) {
                return commands;
            }
            node.now = node.now.plusSeconds(30);
            node.wh -= SleepyNode.IDLE_W / 120;
        }
        throw new AssertionError("it does not sleep: " + node.view().rest());
    }

    @Test
    void beforeSleepEverythingIsKeptAndToldAndThenNothingIsAskedFor() {
        SleepyNode node = inTheEvening();
        node.give(new Event.LinkUp(node.now));
        List<Command> commands = untilItSleeps(node);
        Instant until = ((Command.Sleep) commands.getLast()).until();
        assertThat(commands.stream()
                        .filter(Command.Keep.PutState.class::isInstance)
                        .map(command -> ((Command.Keep.PutState) command).name()))
                .contains("slept", "energy", "counters", "sunshine");
        var state = (Command.Publish.State) commands.get(commands.size() - 2);
        assertThat(state.view().rest().returnsAt()).contains(until);
        assertThat(state.view().reason().code()).isEqualTo(Reason.Code.SLEEPING);
        assertThat(state.view().reason().text()).startsWith("sleeps until ");
        for (int second = 0; second < 60; second += 10) {
            assertThat(node.give(new Event.Tick(node.now.plusSeconds(second)))).isEmpty();
        }
    }

    @Test
    void afterARefusalItStaysAwakeAndTriesNoMore() {
        SleepyNode node = inTheEvening();
        untilItSleeps(node);
        List<Command> commands = node.give(new Event.SleepRefused(node.now, "there is no clock rtc0"));
        assertThat(commands).anyMatch(command -> command instanceof Command.Radio);
        assertThat(node.told.getLast())
                .isEqualTo(new Story(
                        node.now,
                        Story.Kind.ALARM,
                        "cannot sleep, saves by radio windows only: there is no clock rtc0"));
        int sleeps = node.slept.size();
        for (int tick = 0; tick < 2 * 24 * 120; tick++) {
            node.now = node.now.plusSeconds(30);
            node.give(new Event.Tick(node.now));
        }
        assertThat(node.slept).hasSize(sleeps);
        assertThat(node.view().rest().stage()).isEqualTo(Stage.RADIO_WINDOWS);
        assertThat(node.view().reason().text()).contains("it would sleep now, but nothing would wake it");
        assertThat(Duration.between(node.polled.get(node.polled.size() - 2), node.polled.getLast()))
                .isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void theRadioIsOnForTenMinutesAnHourAndSaysWhenItIsBack() {
        SleepyNode node = inTheEvening();
        untilItSleeps(node);
        node.give(new Event.SleepRefused(node.now, "there is no clock rtc0"));
        List<Instant> off = new ArrayList<>();
        List<Instant> on = new ArrayList<>();
        for (int tick = 0; tick < 6 * 120; tick++) {
            node.now = node.now.plusSeconds(30);
            List<Command> commands = node.give(new Event.Tick(node.now));
            for (Command command : commands) {
                if (command instanceof Command.Radio(boolean turnedOn)) {
                    (turnedOn ? on : off).add(node.now);
                }
                if (command instanceof Command.Radio(boolean turnedOn) && !turnedOn) {
                    var state = (Command.Publish.State) commands.get(commands.indexOf(command) - 1);
                    assertThat(state.view().rest().returnsAt().orElseThrow()).isAfter(node.now);
                }
            }
        }
        assertThat(on).hasSizeBetween(5, 6);
        for (Instant begin : on) {
            assertThat(off.stream().filter(begin::isBefore).findFirst().orElse(begin.plusSeconds(600)))
                    .isEqualTo(begin.plusSeconds(600));
        }
    }

    @Test
    void anOverlongSleepIsTold() {
        SleepyNode node = inTheEvening();
        Instant from = node.now;
        untilItSleeps(node);
        Instant until = node.slept.getLast().until();
        node.give(new Event.Woke(until.plus(Duration.ofMinutes(80))));
        assertThat(node.told.getLast().text())
                .matches("slept [0-9.]+ h, 80 min longer than planned: did its clock wake it\\?");
        assertThat(until).isAfter(from);
        assertThat(node.view().rest().stage()).isEqualTo(Stage.INFERENCE_OFF);
    }

    @Test
    void theSleepersDrawIsCounted() {
        SleepyNode node = inTheEvening();
        untilItSleeps(node);
        double before = node.view().battery().soc().orElseThrow().fraction();
        Instant woke = node.slept.getLast().until();
        double hours = Duration.between(node.now, woke).toSeconds() / 3600.0;
        node.give(new Event.Woke(woke));
        var after = node.view().battery().soc().orElseThrow();
        assertThat(before - after.fraction())
                .isBetween(0.8 * hours * 0.25 / SleepyNode.CAPACITY_WH, 1.2 * hours * 0.25 / SleepyNode.CAPACITY_WH);
        assertThat(after.sigma()).isLessThan(0.05);
    }
}

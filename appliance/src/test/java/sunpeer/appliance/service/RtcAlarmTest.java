package sunpeer.appliance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.drivers.board.BoardModel;

/** Clocks as trees of files, the good one and those that lead a board into a sleep without end. */
class RtcAlarmTest {
    private static final Instant NOW = Instant.parse("2026-12-01T20:00:00Z");
    private static final Instant UNTIL = NOW.plus(Duration.ofHours(10));

    @TempDir
    private Path root;

    private Path clock;
    private Path alarm;

    @BeforeEach
    void aClock() throws Exception {
        clock = Files.createDirectories(root.resolve("sys/class/rtc/rtc0"));
        alarm = clock.resolve("wakealarm");
        Files.writeString(alarm, "");
        time(NOW.getEpochSecond());
    }

    private void time(long seconds) throws Exception {
        Files.writeString(clock.resolve("since_epoch"), seconds + "\n");
    }

    private Optional<String> set(Instant until) {
        return new RtcAlarm(root, "rtc0").set(until, NOW);
    }

    @Test
    void theAlarmIsSetInTheTimeOfTheChip() throws Exception {
        assertThat(set(UNTIL)).isEmpty();
        assertThat(Files.readString(alarm)).isEqualTo(UNTIL.getEpochSecond() + "\n");
        // A chip that keeps local time, and an alarm of somebody else's.
        time(NOW.getEpochSecond() + 3600);
        Files.writeString(alarm, "4102444800\n");
        assertThat(set(UNTIL)).isEmpty();
        assertThat(Files.readString(alarm)).isEqualTo(UNTIL.getEpochSecond() + 3600 + "\n");
    }

    @Test
    void noClockAndNoAlarm() throws Exception {
        Files.delete(alarm);
        assertThat(set(UNTIL).orElseThrow()).startsWith("the clock rtc0 has no alarm that could wake this computer");
        assertThat(new RtcAlarm(root, "rtc1").set(UNTIL, NOW)).contains("there is no clock rtc1 in this computer");
    }

    @Test
    void anAlarmThatCannotBeWrittenIsNamed() throws Exception {
        Files.delete(alarm);
        Files.createSymbolicLink(alarm, Path.of("/dev/full"));
        assertThat(set(UNTIL).orElseThrow()).contains("the alarm of rtc0 cannot be set");
        Files.delete(alarm);
        Files.createSymbolicLink(alarm, Path.of("/proc/version"));
        // To root, whom no permission stops, the kernel says it in another way.
        assertThat(set(UNTIL).orElseThrow())
                .containsAnyOf("cannot be set", "70-sunpeer.rules: SUBSYSTEM==\"rtc\", KERNEL==\"rtc0\"");
    }

    @Test
    void anAlarmThatIsNotKeptIsNone() throws Exception {
        Files.delete(alarm);
        Files.createSymbolicLink(alarm, Path.of("/dev/null"));
        assertThat(set(UNTIL).orElseThrow())
                .isEqualTo("the clock rtc0 does not keep the alarm: " + UNTIL.getEpochSecond()
                        + " was set, none is read back; see dmesg, and whether its battery is flat");
    }

    @Test
    void theTimeMustBeKnownAndTheAlarmAhead() throws Exception {
        assertThat(set(NOW.minusSeconds(1)).orElseThrow()).contains("too soon");
        assertThat(set(NOW.plusSeconds(100)).orElseThrow()).contains("too soon");
        Files.writeString(clock.resolve("since_epoch"), "yesterday");
        assertThat(set(UNTIL).orElseThrow()).endsWith("since_epoch does not tell the time");
        assertThat(Files.readString(alarm)).isEmpty();
    }

    private String ability(NodeConfig.Sleep.Mode mode, Optional<BoardModel> model) {
        Machine machine = new Machine(root, List.of("false"), Duration.ZERO);
        return switch (machine.ability(new NodeConfig.Sleep(mode, 0.25, "rtc0"), model)) {
            case Machine.Ability.Able(var way) -> way.name();
            case Machine.Ability.Unable(String why) -> why;
        };
    }

    private void power(String file, String text) throws Exception {
        Files.createDirectories(root.resolve("sys/power"));
        Files.writeString(root.resolve("sys/power").resolve(file), text);
    }

    @Test
    void onlyBoardsThatAreKnownToComeBackSleepByThemselves() throws Exception {
        var auto = NodeConfig.Sleep.Mode.AUTO;
        Optional<BoardModel> jetson = Optional.of(BoardModel.JETSON_ORIN_NANO);
        assertThat(ability(auto, Optional.of(BoardModel.RASPBERRY_PI_5))).isEqualTo("HALT");
        assertThat(ability(auto, Optional.of(BoardModel.RASPBERRY_PI_4))).startsWith("it is not known whether");
        assertThat(ability(auto, Optional.empty())).startsWith("it is not known whether");
        assertThat(ability(auto, jetson)).startsWith("it is not known whether");
        power("state", "freeze mem\n");
        power("mem_sleep", "[s2idle] deep\n");
        assertThat(ability(auto, jetson)).startsWith("it is not known whether");
        power("mem_sleep", "s2idle [deep]\n");
        assertThat(ability(auto, jetson)).isEqualTo("SUSPEND");
        assertThat(ability(auto, Optional.of(BoardModel.RASPBERRY_PI_5))).isEqualTo("HALT");

        assertThat(ability(NodeConfig.Sleep.Mode.HALT, Optional.empty())).isEqualTo("HALT");
        assertThat(ability(NodeConfig.Sleep.Mode.SUSPEND, Optional.empty())).isEqualTo("SUSPEND");
        assertThat(ability(NodeConfig.Sleep.Mode.NEVER, Optional.of(BoardModel.RASPBERRY_PI_5)))
                .isEqualTo("sleep.mode is \"never\"");
        power("state", "freeze\n");
        assertThat(ability(NodeConfig.Sleep.Mode.SUSPEND, Optional.empty())).contains("cannot suspend to memory");
        Files.delete(alarm);
        assertThat(ability(NodeConfig.Sleep.Mode.HALT, Optional.empty())).contains("no alarm");
    }
}

package sunpeer.drivers.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be written and when, as tables. */
class DecisionsTest {
    private static final Instant NOW = Instant.parse("2026-06-21T12:00:00Z");
    private static final LoadRules ALLOWED = new LoadRules(true, false, OptionalDouble.empty());
    private static final LoadState ON = state(true, 18);
    private static final LoadState OFF = state(false, 18);

    record Case(
            String name,
            boolean wantOn,
            LoadState state,
            LoadRules rules,
            LoadFamily family,
            Past past,
            String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static LoadState state(boolean on, double pvV) {
        return new LoadState(on, true, true, on ? 13 : 0, pvV, OptionalDouble.empty());
    }

    private static Past ago(long... seconds) {
        return new Past(LongStream.of(seconds).mapToObj(NOW::minusSeconds).toList());
    }

    static Stream<Case> loads() {
        LoadFamily epever = LoadFamily.EPEVER;
        LoadFamily srne = LoadFamily.SRNE;
        LoadRules onLoad = new LoadRules(true, true, OptionalDouble.empty());
        LoadRules forbidden = new LoadRules(false, false, OptionalDouble.empty());
        LoadState timer = new LoadState(true, true, false, 13, 18, OptionalDouble.empty());
        LoadState dead = new LoadState(true, true, true, 0.2, 18, OptionalDouble.empty());
        LoadState torn = new LoadState(true, false, true, 13, 18, OptionalDouble.empty());
        Past often = new Past(Collections.nCopies(24, NOW.minus(Duration.ofHours(2))));
        Past longAgo = new Past(Collections.nCopies(24, NOW.minus(Duration.ofHours(25))));
        return Stream.of(
                new Case("off by day", false, ON, ALLOWED, epever, Past.NONE, "write"),
                new Case("on", true, OFF, ALLOWED, epever, Past.NONE, "write"),
                new Case("on at night", true, state(false, 0), ALLOWED, epever, Past.NONE, "write"),
                new Case("off already", false, OFF, ALLOWED, epever, Past.NONE, "already"),
                new Case("on already", true, ON, ALLOWED, epever, often, "already"),
                new Case("not allowed", false, ON, forbidden, epever, Past.NONE, "load_switch"),
                new Case("feeds the node", false, ON, onLoad, epever, Past.NONE, "hangs on this load output"),
                new Case("feeds the node, on", true, OFF, onLoad, epever, Past.NONE, "write"),
                new Case("timer", false, timer, ALLOWED, epever, Past.NONE, "manual control (mode 0)"),
                new Case("timer, srne", false, timer, ALLOWED, srne, Past.NONE, "manual (mode 15)"),
                new Case("epever at night", false, state(true, 13.9), ALLOWED, epever, Past.NONE, "13.9 V"),
                new Case("srne at night", false, state(true, 0), ALLOWED, srne, Past.NONE, "write"),
                new Case("says on, has no voltage", true, dead, ALLOWED, epever, Past.NONE, "write"),
                new Case("command and status differ", true, torn, ALLOWED, epever, Past.NONE, "write"),
                new Case("59 s ago", false, ON, ALLOWED, epever, ago(59), "less than 60 s"),
                new Case("60 s ago", false, ON, ALLOWED, epever, ago(60), "write"),
                new Case("clock set back", false, ON, ALLOWED, epever, ago(-500), "less than 60 s"),
                new Case("24 today", false, ON, ALLOWED, epever, often, "24 times"),
                new Case("24 yesterday", false, ON, ALLOWED, epever, longAgo, "write"));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void load(Case one) {
        String decided =
                switch (LoadDecision.of(one.wantOn(), one.state(), one.rules(), one.family(), one.past(), NOW)) {
                    case LoadDecision.Write() -> "write";
                    case LoadDecision.Already() -> "already";
                    case LoadDecision.Refused(String reason) -> reason;
                };
        assertThat(decided).contains(one.expected());
    }

    @ParameterizedTest
    @CsvSource({
        "true,  true,  2026-06-21T11:58:59, 2026-06-21T12:00:00,   0, write",
        "true,  true,  2026-06-21T11:59:00, 2026-06-21T12:00:00,   0, 60 s",
        "true,  true,  2015-06-19T01:06:51, 2026-06-21T12:00:00,   0, write",
        "false, true,  2015-06-19T01:06:51, 2026-06-21T12:00:00,   0, clock_sync",
        "true,  false, 2015-06-19T01:06:51, 2026-06-21T12:00:00,   0, not synchronised",
        "true,  true,  2026-06-21T11:50:00, 2026-06-21T12:00:00,  23, less than a day",
        "true,  true,  2026-06-21T11:50:00, 2026-06-21T12:00:00,  24, write",
        "true,  true,  2026-06-21T23:40:00, 2026-06-21T23:55:01,   0, midnight",
        "true,  true,  2026-06-21T00:04:59, 2026-06-21T12:00:00,   0, midnight",
        "true,  true,  2026-06-21T23:30:00, 2026-06-21T23:54:59,   0, write"
    })
    void clock(boolean allowed, boolean synchronised, String device, String here, long hoursAgo, String expected) {
        Past past = hoursAgo == 0 ? Past.NONE : ago(hoursAgo * 3600);
        String decided = switch (ClockDecision.of(
                allowed, LocalDateTime.parse(device), LocalDateTime.parse(here), synchronised, past, NOW)) {
            case ClockDecision.Write() -> "write";
            case ClockDecision.Right(String reason) -> reason;
            case ClockDecision.Refused(String reason) -> reason;
        };
        assertThat(decided).contains(expected);
    }

    @Test
    void thePastSurvivesARestart(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("past.txt");
        assertThat(Past.read(file)).isEqualTo(Past.NONE);
        Past past = ago(500, 100).with(NOW);
        past.write(file);
        assertThat(Past.read(file)).isEqualTo(past);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        for (int i = 0; i < 100; i++) {
            past = past.with(NOW.plusSeconds(i));
        }
        assertThat(past.times()).hasSize(48).endsWith(NOW.plusSeconds(99));
    }

    @Test
    void aPastThatCannotBeReadIsNoPermission(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("past.txt");
        for (String text : List.of("yesterday\n", "x".repeat(20_000))) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Past.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("remove it");
        }
    }

    @Test
    void theKernelTells() {
        // Either answer is right for a test machine; that there is one is what counts.
        assertThat(KernelClock.isSynchronised()).isIn(true, false);
    }
}

package sunpeer.appliance.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.energy.Supply;
import sunpeer.appliance.schedule.RestPolicy.Duties;
import sunpeer.appliance.schedule.RestPolicy.Situation;
import sunpeer.appliance.schedule.RestPolicy.Sky;

/** A 100 Wh battery with a reserve of 20 % under a board of 4 W: each percent above the reserve lasts a quarter of an hour. */
class RestPolicyTest {
    private static final Instant EVENING = Instant.parse("2026-12-01T20:00:00Z");
    private static final Instant SUNRISE = Instant.parse("2026-12-02T07:50:00Z");
    private static final Instant LIGHT = SUNRISE.plus(Duration.ofMinutes(20));

    private static final Instant NOON = Instant.parse("2026-12-02T11:30:00Z");

    private RestPolicy policy = policy(Stage.ASLEEP);

    private static RestPolicy policy(Stage deepest) {
        return new RestPolicy(new RestPolicy.Board(ZoneOffset.UTC, 4, 0.25, deepest));
    }

    private static Supply known(double percent, double sigma) {
        var soc = new SocEstimate(percent / 100, sigma, SocEstimate.Basis.FULL);
        return new Supply.Known(soc, 100, 0.20, false, false, SUNRISE);
    }

    private static Sky sky(Duration dark, Instant look, boolean carries) {
        return new Sky(dark, Duration.ZERO, carries, look, NOON);
    }

    private static Sky night(Instant now) {
        return sky(Duration.between(now, SUNRISE), LIGHT, false);
    }

    private static Duties duties(Optional<Instant> next) {
        return new Duties(next, EVENING.plusSeconds(42 * 60), Duration.ofHours(1), false);
    }

    private static Situation at(Instant now, Supply supply, Sky sky, Duties duties) {
        return new Situation(now, supply, Optional.empty(), sky, duties);
    }

    /** The same for an hour, minute for minute, or until it sleeps. */
    private Rest settle(Supply supply, Sky sky, Duties duties) {
        Rest rest = policy.decide(at(EVENING, supply, sky, duties));
        for (int minute = 1; minute <= 60 && rest.stage() != Stage.ASLEEP; minute++) {
            rest = policy.decide(at(EVENING.plus(Duration.ofMinutes(minute)), supply, sky, duties));
        }
        return rest;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # percent, sigma, hours dark, sun carries | stage, reason
            80 | 0    | 11 | no  | AWAKE         | awake: battery at least 80 %, the reserve of 20 % would be touched in 15 h; sun expected from 07:50
            70 | 0.05 | 11 | no  | INFERENCE_OFF | begins no work: battery at least 60 %, the reserve of 20 % would be touched in 10 h; sun expected from 07:50
            54 | 0    | 11 | no  | SLOW_POLLING  | looks at the battery every few minutes only: battery at least 54 %, the reserve of 20 % would be touched in 9 h; sun expected from 07:50
            48 | 0    | 11 | no  | RADIO_WINDOWS | offline until 21:42: battery at least 48 %, the reserve of 20 % would be touched in 7 h; sun expected from 07:50
            32 | 0    | 11 | no  | ASLEEP        | sleeps until 08:10: battery at least 32 %, the reserve of 20 % would be touched in 3 h; sun expected from 07:50
            48 | 0.08 | 11 | no  | ASLEEP        | sleeps until 08:10: battery at least 32 %, the reserve of 20 % would be touched in 3 h; sun expected from 07:50
            15 | 0    | 0  | no  | ASLEEP        | sleeps until 08:10: battery at least 15 %, the reserve of 20 % is touched; sun expected from 07:50
            32 | 0    | 11 | yes | INFERENCE_OFF | begins no work: battery at least 32 %, the reserve of 20 % would be touched in 3 h; now the sun carries the board
            15 | 0    | 0  | yes | RADIO_WINDOWS | offline until 21:42: battery at least 15 %, the reserve of 20 % is touched; now the sun carries the board
            """)
    void theStageAndItsSentence(double percent, double sigma, int dark, String carries, Stage stage, String sentence) {
        Sky sky = sky(Duration.ofHours(dark), LIGHT, carries.equals("yes"));
        Rest rest = settle(known(percent, sigma), sky, duties(Optional.empty()));
        assertThat(rest.reason().text()).isEqualTo(sentence);
        assertThat(rest.stage()).isEqualTo(stage);
        assertThat(rest.reason().code())
                .isEqualTo(
                        stage == Stage.AWAKE
                                ? Reason.Code.IDLE
                                : stage == Stage.ASLEEP ? Reason.Code.SLEEPING : Reason.Code.SAVING);
    }

    @Test
    void aFullBatteryWorksHoweverSmallItIs() {
        var soc = new SocEstimate(1, 0.01, SocEstimate.Basis.FULL);
        Supply full = new Supply.Known(soc, 30, 0.20, true, true, SUNRISE);
        assertThat(settle(full, sky(Duration.ofHours(11), LIGHT, true), duties(Optional.empty()))
                        .stage())
                .isEqualTo(Stage.AWAKE);
    }

    @Test
    void neverIsNever() {
        policy = policy(Stage.AWAKE);
        assertThat(settle(known(1, 0.3), night(EVENING), duties(Optional.empty())))
                .isEqualTo(Rest.NONE);
    }

    @Test
    void withoutAnAlarmTheRadioIsAllThatSleeps() {
        policy = policy(Stage.RADIO_WINDOWS);
        Rest rest = settle(known(15, 0), night(EVENING), duties(Optional.empty()));
        assertThat(rest.stage()).isEqualTo(Stage.RADIO_WINDOWS);
        assertThat(rest.reason().text())
                .isEqualTo("offline until 21:42: battery at least 15 %, the reserve of 20 % is touched; sun expected"
                        + " from 07:50; it would sleep now, but nothing would wake it");
        assertThat(rest.returnsAt()).contains(EVENING.plusSeconds(102 * 60));
    }

    @Test
    void ifItCannotSleepItStaysAtRadioWindows() {
        assertThat(settle(known(15, 0), night(EVENING), duties(Optional.empty()))
                        .stage())
                .isEqualTo(Stage.ASLEEP);
        policy.cannotSleep(EVENING.plusSeconds(900));
        assertThat(settle(known(15, 0), night(EVENING), duties(Optional.empty()))
                        .stage())
                .isEqualTo(Stage.RADIO_WINDOWS);
    }

    @Test
    void itWakesForADutyThatItCanAfford() {
        Optional<Instant> duty = Optional.of(EVENING.plus(Duration.ofHours(4)));
        assertThat(settle(known(32, 0), night(EVENING), duties(duty)).returnsAt())
                .contains(duty.get().minus(RestPolicy.BOOT));
        policy = policy(Stage.ASLEEP);
        assertThat(settle(known(21, 0), night(EVENING), duties(duty)).returnsAt())
                .as("one percent is not enough for a quarter of an hour awake and four asleep")
                .contains(LIGHT);
    }

    @Test
    void aDutyThatIsDueKeepsItAwakeWithItsRadioOn() {
        Instant due = EVENING.plusSeconds(42 * 60);
        Duties duties = duties(Optional.of(due));
        policy.decide(at(EVENING, known(32, 0), night(EVENING), duties));
        Rest rest = Rest.NONE;
        for (int minute = 25; minute <= 50; minute++) {
            rest = policy.decide(at(EVENING.plusSeconds(60L * minute), known(32, 0), night(EVENING), duties));
        }
        assertThat(rest.stage()).isEqualTo(Stage.RADIO_WINDOWS);
        assertThat(rest.radio()).isTrue();
        assertThat(rest.reason().text()).startsWith("online for some minutes only: battery at least 32 %");
    }

    @Test
    void itSleepsNoLongerThanHalfADay() {
        Sky polar = sky(Duration.ofHours(24), Instant.MAX, false);
        Rest rest = settle(known(32, 0), polar, duties(Optional.empty()));
        assertThat(Duration.between(EVENING, rest.returnsAt().orElseThrow()))
                .isBetween(Duration.ofHours(12), Duration.ofMinutes(12 * 60 + 20));
    }

    @Test
    void notWhileAJobRunsAndNotBeforeTheOthersWereTold() {
        Duties busy = new Duties(Optional.empty(), EVENING, Duration.ofHours(1), true);
        assertThat(settle(known(15, 0), night(EVENING), busy).stage()).isNotEqualTo(Stage.ASLEEP);

        policy = policy(Stage.ASLEEP);
        Duties free = duties(Optional.empty());
        policy.decide(at(EVENING, known(48, 0), night(EVENING), free));
        Rest offline = policy.decide(at(EVENING.plusSeconds(600), known(48, 0), night(EVENING), free));
        assertThat(offline.radio()).isFalse();
        Instant later = EVENING.plusSeconds(1800);
        Rest notice = policy.decide(at(later, known(32, 0), night(EVENING), free));
        assertThat(notice.stage()).isEqualTo(Stage.RADIO_WINDOWS);
        assertThat(notice.radio()).as("to say good-bye").isTrue();
        assertThat(policy.decide(at(later.plusSeconds(119), known(32, 0), night(EVENING), free))
                        .stage())
                .isEqualTo(Stage.RADIO_WINDOWS);
        assertThat(policy.decide(at(later.plusSeconds(120), known(32, 0), night(EVENING), free))
                        .stage())
                .isEqualTo(Stage.ASLEEP);
    }

    @Test
    void notInTheFirstMinutesAfterABootOrASleep() {
        Duties free = duties(Optional.empty());
        for (int second = 0; second < 600; second += 10) {
            assertThat(policy.decide(at(EVENING.plusSeconds(second), known(15, 0), night(EVENING), free))
                            .stage())
                    .isEqualTo(Stage.AWAKE);
        }
        policy.decide(at(EVENING.plusSeconds(600), known(15, 0), night(EVENING), free));
        policy.woke(LIGHT);
        Sky day = sky(Duration.ZERO, LIGHT.plus(Duration.ofHours(4)), false);
        for (int second = 0; second < 600; second += 10) {
            assertThat(policy.decide(at(LIGHT.plusSeconds(second), known(15, 0), day, free))
                            .stage())
                    .isEqualTo(Stage.INFERENCE_OFF);
        }
        assertThat(policy.decide(at(LIGHT.plusSeconds(600), known(15, 0), day, free))
                        .returnsAt())
                .contains(LIGHT.plus(Duration.ofHours(4)));
    }

    @Test
    void aDullDayIsFollowedByOthers() {
        Duties hourly = duties(Optional.of(EVENING.plusSeconds(45 * 60)));
        Duration four = Duration.ofHours(4);
        Sky trusted = new Sky(Duration.ofHours(9), four.minusSeconds(1), false, LIGHT, NOON);
        assertThat(settle(known(60, 0), trusted, hourly).stage()).isEqualTo(Stage.AWAKE);
        policy = policy(Stage.ASLEEP);
        Sky dull = new Sky(Duration.ofHours(9), four, false, LIGHT, NOON);
        Rest rest = settle(known(60, 0), dull, hourly);
        assertThat(rest.stage()).isEqualTo(Stage.ASLEEP);
        assertThat(rest.reason().text())
                .isEqualTo(
                        "sleeps until 08:10: battery at least 60 %, the reserve of 20 % would be touched in 10 h; the"
                                + " panel has not carried the board for hours of light; sun expected from 07:50");
    }

    @Test
    void anUnknownBatteryNeverHaltsTheBoard() {
        var silent = new Supply.Unknown(false, "the newest reading is 20 min old");
        Duties free = duties(Optional.empty());
        policy.decide(at(EVENING, known(60, 0.01), night(EVENING), free));
        Stage deepest = Stage.AWAKE;
        for (int minute = 1; minute < 24 * 60; minute++) {
            Instant now = EVENING.plus(Duration.ofMinutes(minute));
            // Twice a sigma that grows by 3 % an hour.
            var soc = Optional.of(new SocEstimate(0.6, 0.01 + 0.03 * minute / 60, SocEstimate.Basis.FULL));
            Sky sky = sky(Duration.ofHours(8), LIGHT, false);
            Rest rest = policy.decide(new Situation(now, silent, soc, sky, free));
            if (minute < 120) {
                assertThat(rest.stage()).as("minute %d", minute).isEqualTo(Stage.AWAKE);
            }
            deepest = rest.stage().isDeeperThan(deepest) ? rest.stage() : deepest;
        }
        assertThat(deepest).isEqualTo(Stage.RADIO_WINDOWS);
    }

    @Test
    void aBatteryThatWasNeverSeenSlowsThePolling() {
        var silent = new Supply.Unknown(true, "the charge controller has not answered yet");
        Rest rest = Rest.NONE;
        for (int minute = 0; minute < 24 * 60; minute++) {
            Instant now = EVENING.plus(Duration.ofMinutes(minute));
            rest = policy.decide(at(now, silent, night(EVENING), duties(Optional.empty())));
            assertThat(rest.stage()).isIn(Stage.AWAKE, Stage.SLOW_POLLING);
        }
        assertThat(rest.reason().text())
                .isEqualTo(
                        "looks at the battery every few minutes only: the charge controller is silent and the battery"
                                + " not known");
    }
}

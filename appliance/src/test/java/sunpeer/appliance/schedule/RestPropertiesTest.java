package sunpeer.appliance.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.energy.NightAhead;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.energy.Supply;
import sunpeer.appliance.schedule.RestPolicy.Duties;
import sunpeer.appliance.schedule.RestPolicy.Situation;
import sunpeer.appliance.schedule.RestPolicy.Sky;

/** Weeks of weather that changes from minute to minute, with controllers that fall silent: what must hold all the time. */
class RestPropertiesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final double CAPACITY_WH = 157;
    private static final double RESERVE = 0.2;
    private static final double IDLE_W = 3.5;
    private static final double ASLEEP_W = 0.25;

    private final NightAhead night = new NightAhead(new Place(52.5, 13.4));
    private Random random = new Random(0);
    private double wh;
    private Instant now = BEGIN;
    private Stage stage = Stage.AWAKE;
    private Instant changed = BEGIN;
    private Instant carried = BEGIN;
    private int sleeps;
    private int changes;

    private Sky sky(double pvW) {
        Instant look = night.isLight(now) ? now.plus(Duration.ofHours(4)) : now;
        Instant light = night.isLight(look) ? look : night.sunrise(look).orElseThrow();
        carried = pvW >= IDLE_W ? now : carried;
        return new Sky(night.dark(now), night.lightBetween(carried, now), pvW >= IDLE_W, light, night.noon(now));
    }

    private Duties duties() {
        Instant hour = now.minusSeconds(now.getEpochSecond() % 3600);
        Instant due = hour.plusSeconds(42 * 60);
        Instant next = due.isBefore(now) ? due.plusSeconds(3600) : due;
        return new Duties(Optional.of(next), due, Duration.ofHours(1), random.nextInt(10) == 0);
    }

    private void pass(Duration time, double pvW, double loadW) {
        double hours = time.toSeconds() / 3600.0;
        wh = Math.clamp(wh + (pvW - loadW) * hours, 0, CAPACITY_WH);
        now = now.plus(time);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void holdsAllTheTime(long seed) {
        random = new Random(seed);
        wh = CAPACITY_WH * random.nextDouble();
        Stage deepest = seed % 4 == 0 ? Stage.RADIO_WINDOWS : Stage.ASLEEP;
        RestPolicy policy = new RestPolicy(new RestPolicy.Board(ZoneOffset.UTC, IDLE_W, ASLEEP_W, deepest));
        double cloud = 1;
        boolean silent = false;
        while (now.isBefore(BEGIN.plus(Duration.ofDays(21)))) {
            cloud = Math.clamp(cloud + random.nextGaussian() / 5, 0, 1);
            silent = random.nextInt(silent ? 200 : 4000) == 0 ? !silent : silent;
            double pvW = night.isLight(now) ? 12 * cloud * cloud : 0;
            var soc = new SocEstimate(wh / CAPACITY_WH, 0.02, SocEstimate.Basis.FULL);
            Sky sky = sky(silent ? 0 : pvW);
            Supply supply = silent
                    ? new Supply.Unknown(false, "silent")
                    : new Supply.Known(soc, CAPACITY_WH, RESERVE, night.isLight(now), false, sky.look());
            Duties duties = duties();
            Rest rest = policy.decide(new Situation(now, supply, Optional.of(soc), sky, duties));
            check(rest, deepest, silent, soc, sky, duties);
            if (rest.stage() == Stage.ASLEEP) {
                Instant until = rest.returnsAt().orElseThrow();
                pass(Duration.between(now, until), pvW, ASLEEP_W);
                policy.woke(now);
                stage = Stage.INFERENCE_OFF;
                changed = now;
                sleeps++;
            } else {
                pass(Duration.ofMinutes(1), pvW, IDLE_W);
            }
        }
        assertThat(changes).as("it does something").isGreaterThan(5);
        assertThat(sleeps > 0).isEqualTo(deepest == Stage.ASLEEP);
    }

    private void check(Rest rest, Stage deepest, boolean silent, SocEstimate soc, Sky sky, Duties duties) {
        if (rest.stage() != stage) {
            assertThat(Duration.between(changed, now))
                    .as("%s at %s", rest, now)
                    .isGreaterThanOrEqualTo(RestPolicy.STAY_MIN);
            changes++;
            changed = now;
            stage = rest.stage();
        }
        assertThat(rest.stage()).isLessThanOrEqualTo(deepest);
        assertThat(rest.radio() || rest.returnsAt().isPresent()).isTrue();
        if (rest.stage() != Stage.ASLEEP) {
            return;
        }
        assertThat(silent || duties.busy()).as("asleep by ignorance or at work").isFalse();
        Duration length = Duration.between(now, rest.returnsAt().orElseThrow());
        assertThat(length).isBetween(RestPolicy.SLEEP_MIN, RestPolicy.SLEEP_MAX);
        Instant due = duties.next().orElseThrow();
        double sleepingHours = Duration.between(now, due).toSeconds() / 3600.0;
        boolean dull = sky.dull().compareTo(Duration.ofHours(4)) >= 0;
        double needWh = sleepingHours * ASLEEP_W + IDLE_W / 4 + (dull ? 420 * ASLEEP_W : 0);
        if ((soc.cautious() - RESERVE) * CAPACITY_WH > needWh + 1e-6) {
            assertThat(rest.returnsAt().get()).as("for the duty").isBeforeOrEqualTo(due.minus(RestPolicy.BOOT));
        }
    }
}

package sunpeer.drivers.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sunpeer.drivers.polling.PollPlan.Member;
import sunpeer.drivers.polling.PollPlan.Outcome;
import sunpeer.drivers.polling.PollPlan.Step;

/** A wire in simulated time: what is asked when, and what it costs the others. */
class PollPlanTest {
    private static final long SECOND = 1_000_000_000;
    private static final Member MPPT = new Member(5 * SECOND, false);
    private static final Member PANEL_FED = new Member(5 * SECOND, true);

    /** What a step takes: a reading that is answered, one with three tries, a probe with one. */
    private static final long GOOD_READ = SECOND / 10;

    private static final long SILENT_READ = 48 * SECOND / 10;
    private static final long SILENT_PROBE = 16 * SECOND / 10;

    /** Runs a plan against a world and writes down what it did. */
    private static final class Run {
        final PollPlan plan;
        final BiFunction<Integer, Double, Outcome> world;
        final List<String> log = new ArrayList<>();
        final int[] reads;
        long dawn = 0;
        long now;

        Run(List<Member> members, BiFunction<Integer, Double, Outcome> world) {
            this.plan = new PollPlan(members, 0);
            this.world = world;
            this.reads = new int[members.size()];
        }

        Run until(double seconds) {
            while (now < seconds * SECOND) {
                switch (plan.next(now, now < dawn)) {
                    case Step.Wait(long until) -> now = Math.max(until, now + 1);
                    case Step.Recycle() -> log.add("%.1f recycle".formatted(now / 1e9));
                    case Step.Read(int device) -> read(device);
                    case Step.Probe(int device) -> probe(device);
                }
            }
            return this;
        }

        private void read(int device) {
            Outcome outcome = world.apply(device, now / 1e9);
            note("read", device);
            now += outcome == Outcome.SILENT ? SILENT_READ : GOOD_READ;
            reads[device]++;
            finish(device, outcome);
        }

        private void probe(int device) {
            Outcome outcome = world.apply(device, now / 1e9);
            note("probe", device);
            if (outcome == Outcome.SILENT || outcome == Outcome.NO_WIRE) {
                now += SILENT_PROBE;
                finish(device, outcome);
            } else {
                plan.answered(device, now);
            }
        }

        private void finish(int device, Outcome outcome) {
            plan.done(device, outcome, now, now < dawn);
            log.set(log.size() - 1, log.getLast() + " " + plan.state(device));
        }

        private void note(String what, int device) {
            log.add("%.1f %s %d".formatted(now / 1e9, what, device));
        }

        List<String> of(int device) {
            return log.stream()
                    .filter(line -> line.contains(" " + device) && !line.endsWith("recycle"))
                    .toList();
        }
    }

    private static Outcome always(int device, double second) {
        return Outcome.GOOD;
    }

    @Test
    void healthyDevicesAreReadInTurn() {
        Run run = new Run(List.of(MPPT, MPPT, MPPT, MPPT), PollPlanTest::always).until(60);
        assertThat(run.log.subList(0, 9))
                .as("one newcomer after the other")
                .containsExactly(
                        "0.0 read 0 OK",
                        "5.0 read 0 OK",
                        "6.3 read 1 OK",
                        "10.0 read 0 OK",
                        "11.3 read 1 OK",
                        "12.5 read 2 OK",
                        "15.0 read 0 OK",
                        "16.3 read 1 OK",
                        "17.5 read 2 OK");
        assertThat(run.reads).containsExactly(12, 11, 10, 9);
        assertThat(run.plan.missedPeriods()).isZero();
    }

    /** 3.4 s were measured for a first reading of an EPEVER. */
    @Test
    void newcomersAreReadAtLengthWithoutAnyoneMissingAPeriod() {
        PollPlan plan = new PollPlan(List.of(MPPT, MPPT, MPPT), 0);
        int[] reads = new int[3];
        for (long now = 0; now < 60 * SECOND; ) {
            if (plan.next(now, false) instanceof Step.Read(int device)) {
                now += reads[device] == 0 ? 34 * SECOND / 10 : GOOD_READ;
                reads[device]++;
                plan.done(device, Outcome.GOOD, now, false);
            } else {
                now += SECOND / 100;
            }
        }
        assertThat(reads).containsExactly(12, 11, 10);
        assertThat(plan.missedPeriods()).isZero();
    }

    @Test
    void aSilentDeviceIsAskedMoreAndMoreSeldomAndSlowsNobody() {
        Run run = new Run(List.of(MPPT, MPPT, MPPT), (device, _) -> device == 1 ? Outcome.SILENT : Outcome.GOOD)
                .until(1200);
        assertThat(run.of(1).stream()
                        .map(line -> line.replaceAll("^[\\d.]+ ", ""))
                        .limit(4))
                .containsExactly("read 1 OK", "probe 1 FLAKY", "probe 1 OFFLINE", "probe 1 OFFLINE");
        List<Double> times = run.of(1).stream()
                .map(line -> Double.parseDouble(line.substring(0, line.indexOf(' '))))
                .toList();
        List<Long> pauses = IntStream.range(3, times.size())
                .mapToObj(i -> Math.round(times.get(i) - times.get(i - 1) - 1.6))
                .toList();
        assertThat(pauses).startsWith(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L);
        assertThat(run.reads[0]).isEqualTo(240);
        assertThat(run.reads[2]).isEqualTo(238);
        assertThat(run.plan.missedPeriods()).isZero();
    }

    @Test
    void aDeviceThatComesBackIsReadAtOnce() {
        Run run = new Run(List.of(MPPT), (_, second) -> second < 40 ? Outcome.SILENT : Outcome.GOOD).until(60);
        List<String> attempts = run.of(0);
        int back = attempts.indexOf(attempts.stream()
                .filter(line -> line.endsWith("probe 0"))
                .findFirst()
                .orElseThrow());
        assertThat(attempts.get(back - 1)).endsWith("probe 0 OFFLINE");
        assertThat(attempts.get(back + 1)).isEqualTo(attempts.get(back).replace("probe", "read") + " OK");
        assertThat(attempts.get(back + 2)).endsWith("read 0 OK");
    }

    @Test
    void oneFailedCycleIsNothing() {
        Run run = new Run(List.of(MPPT), (_, second) -> second > 8 && second < 12 ? Outcome.SILENT : Outcome.GOOD)
                .until(30);
        assertThat(run.log)
                .containsExactly(
                        "0.0 read 0 OK",
                        "5.0 read 0 OK",
                        "10.0 read 0 OK",
                        "15.0 probe 0",
                        "15.0 read 0 OK",
                        "20.0 read 0 OK",
                        "25.0 read 0 OK");
    }

    @Test
    void whatAnswersNonsenseIsLeftInPeaceToo() {
        Run run = new Run(List.of(MPPT), (_, _) -> Outcome.UNUSABLE).until(120);
        assertThat(run.log).contains("10.0 read 0 OFFLINE").hasSizeLessThan(24);
        assertThat(run.log).as("the wire is in order").noneMatch(line -> line.endsWith("recycle"));
    }

    @Test
    void eightSilencesInARowOfWhateverDevicesRecycleThePort() {
        Run dead = new Run(List.of(MPPT, MPPT), (_, _) -> Outcome.SILENT).until(60);
        int first = dead.log.indexOf(dead.log.stream()
                .filter(line -> line.endsWith("recycle"))
                .findFirst()
                .orElseThrow());
        assertThat(first).isEqualTo(8);
        Run half = new Run(List.of(MPPT, MPPT), (device, _) -> device == 0 ? Outcome.SILENT : Outcome.GOOD).until(3600);
        assertThat(half.log).noneMatch(line -> line.endsWith("recycle"));
    }

    @Test
    void aPanelFedDeviceSleepsWithoutAlarmAndIsAskedAtDawn() {
        Run run = new Run(
                List.of(PANEL_FED, MPPT),
                (device, second) -> device == 1 || second < 20 || second > 3500 ? Outcome.GOOD : Outcome.SILENT);
        run.dawn = 3600 * SECOND;
        run.until(3700);
        assertThat(run.of(0)).noneMatch(line -> line.endsWith("FLAKY") || line.endsWith("OFFLINE"));
        assertThat(run.of(0)).contains("20.0 read 0 ASLEEP").hasSizeLessThan(50);
        assertThat(run.log).noneMatch(line -> line.endsWith("recycle"));
        assertThat(run.plan.state(0)).isEqualTo(DeviceState.OK);
    }

    @Test
    void atDawnASleeperIsAskedAtOnceAndThenNoLongerExcused() {
        Run run = new Run(List.of(PANEL_FED), (_, _) -> Outcome.SILENT);
        run.dawn = 100 * SECOND;
        run.until(98);
        assertThat(run.log).containsExactly("0.0 read 0 ASLEEP");
        run.now = 100 * SECOND;
        run.until(130);
        assertThat(run.log.get(1)).isEqualTo("100.0 probe 0 ASLEEP");
        assertThat(run.plan.state(0)).isEqualTo(DeviceState.OFFLINE);
    }

    @Test
    void aMissingPortIsLookedForEachPeriodAndIsTheSameForAll() {
        Run run = new Run(List.of(MPPT, MPPT), (_, second) -> second < 60 ? Outcome.NO_WIRE : Outcome.GOOD).until(59);
        assertThat(run.reads).containsExactly(12, 11);
        assertThat(run.plan.state(0)).isEqualTo(DeviceState.OFFLINE);
        assertThat(run.log).noneMatch(line -> line.endsWith("recycle"));
        run.until(66);
        assertThat(run.plan.state(0)).isEqualTo(DeviceState.OK);
        assertThat(run.plan.state(1)).isEqualTo(DeviceState.OK);
    }

    @Test
    void aSlotThatNobodyReadInIsCountedAndNotCaughtUp() {
        PollPlan plan = new PollPlan(List.of(MPPT), 0);
        assertThat(plan.next(0, false)).isEqualTo(new Step.Read(0));
        plan.done(0, Outcome.GOOD, SECOND, false);
        assertThat(plan.next(SECOND, false)).isEqualTo(new Step.Wait(5 * SECOND));
        assertThat(plan.next(9 * SECOND, false)).as("late").isEqualTo(new Step.Read(0));
        plan.done(0, Outcome.GOOD, 9 * SECOND, false);
        assertThat(plan.missedPeriods()).isZero();
        assertThat(plan.next(23 * SECOND, false)).as("10 and 15 are gone").isEqualTo(new Step.Read(0));
        plan.done(0, Outcome.GOOD, 23 * SECOND, false);
        assertThat(plan.missedPeriods()).isEqualTo(2);
        assertThat(plan.next(23 * SECOND, false)).isEqualTo(new Step.Wait(25 * SECOND));
    }
}

package sunpeer.drivers.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** Readings one after the other. */
class SequenceJudgeTest {
    private static final Instant START = Instant.parse("2026-06-21T12:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private static Reading reading(double second, Value volts, Value soc, Value total) {
        Value any = Value.good(1);
        Instant at = START.plusMillis(Math.round(second * 1000));
        return new Reading(at, "test", volts, any, any, any, any, any, any, any, any, soc, total, ChargeStage.BULK);
    }

    private static Reading judged(SequenceJudge judge, Reading reading) {
        return ((ReadResult.Ok) judge.judge(new ReadResult.Ok(reading))).reading();
    }

    /** The second, the value, and a question mark where it must not be believed. */
    private record Step(double second, double value, boolean good) {
        static Step of(String text) {
            int at = text.indexOf(':');
            boolean good = !text.endsWith("?");
            return new Step(
                    Double.parseDouble(text.substring(0, at)),
                    Double.parseDouble(text.substring(at + 1, good ? text.length() : text.length() - 1)),
                    good);
        }
    }

    static Stream<Arguments> volts() {
        return Stream.of(
                arguments("slow change", List.of("0:12.0", "5:13.9", "10:12.0", "15:14.0")),
                arguments("one glitch", List.of("0:13.1", "5:26.2?", "10:13.1", "15:13.0")),
                arguments("two different glitches", List.of("0:13.1", "5:26.2?", "10:6.5?", "15:13.1")),
                arguments("seen twice", List.of("0:13.1", "5:10.2?", "10:10.3", "15:10.4", "20:13.1?", "25:13.2")),
                arguments("a long pause", List.of("0:11.0", "3600:14.4")),
                arguments("a fall once", List.of("0:13.0", "5:3.0?", "10:13.1", "15:13.0")),
                arguments("a load within seconds", List.of("0:13.0", "5:10.5?", "10:10.4", "15:10.3")),
                arguments("a load within a minute", List.of("0:13.0", "60:10.5", "120:10.4", "180:10.3")),
                arguments("a quarter of an hour apart", List.of("0:13.0", "900:25.0", "1800:13.0", "2700:25.0")),
                arguments("48 V, more and more", List.of("0:52.0", "5:48.0", "10:52.0", "15:40.0?")),
                arguments("48 V under load", List.of("0:52.0", "5:45.0", "10:52.0", "15:36.0?")),
                arguments("the clock is set back", List.of("0:13.1", "-9000:13.2", "-8995:26.0?", "-8990:13.2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("volts")
    void batteryVolts(String name, List<String> steps) {
        check(steps, volts -> second -> reading(second, volts, Value.good(50), Value.good(1000)), Reading::batteryV);
    }

    static Stream<Arguments> soc() {
        return Stream.of(
                arguments("slow change", List.of("0:34", "5:40", "60:44", "180:60")),
                arguments("as captured on an EPEVER", List.of("0:34", "5:46?", "10:46", "15:47")),
                arguments("a rise over minutes", List.of("0:34", "120:46", "240:47", "360:80?")),
                arguments("a zero between", List.of("0:71", "5:0?", "10:71")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("soc")
    void controllerSoc(String name, List<String> steps) {
        check(
                steps,
                soc -> second -> reading(second, Value.good(13), soc, Value.good(1000)),
                Reading::controllerSocPercent);
    }

    static Stream<Arguments> total() {
        return Stream.of(
                arguments("counts", List.of("0:123450", "60:123460", "120:123460", "43200:128000")),
                arguments("counts kilowatt-hours", List.of("0:57000", "60:57000", "120:58000")),
                arguments("a fall once", List.of("0:123450", "60:0?", "120:123460")),
                arguments("a reset", List.of("0:123450", "60:0?", "120:10", "180:20")),
                arguments("a fall twice, not small", List.of("0:123450", "60:65000?", "120:65000?", "180:123460")),
                arguments("a small fall once", List.of("0:5000", "60:5010", "120:100?", "180:5020")),
                arguments("a small leap once", List.of("0:5000", "60:70000?", "120:5010", "180:5020")),
                arguments(
                        "another device, and the clock is set back",
                        List.of("0:123450", "60:65000?", "-9000:65000?", "-8400:65000?", "-8040:65010")),
                arguments("a leap once", List.of("0:123450", "60:6677050?", "120:123460")),
                arguments("a leap twice", List.of("0:123450", "60:6677050?", "120:6677050?", "180:123460")),
                arguments(
                        "another device for a quarter of an hour",
                        List.of("0:123450", "60:65000?", "120:65000?", "600:65000?", "960:65010", "1020:65010")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("total")
    void lifetimeCounter(String name, List<String> steps) {
        check(
                steps,
                total -> second -> reading(second, Value.good(13), Value.good(50), total),
                Reading::pvEnergyTotalWh);
    }

    private static void check(
            List<String> steps, Function<Value, Function<Double, Reading>> with, Function<Reading, Value> judgedValue) {
        SequenceJudge judge = new SequenceJudge(PERIOD);
        for (String text : steps) {
            Step step = Step.of(text);
            Reading judged = judged(judge, with.apply(Value.good(step.value())).apply(step.second()));
            Value expected = new Value(step.value(), step.good() ? Quality.GOOD : Quality.SUSPECT);
            assertThat(judgedValue.apply(judged)).as(text).isEqualTo(expected);
        }
    }

    @Test
    void aVoltageThatCannotBeTakesTheRestWithIt() {
        SequenceJudge judge = new SequenceJudge(PERIOD);
        judged(judge, reading(0, Value.good(13), Value.good(50), Value.ABSENT));
        ReadResult.Ok result = (ReadResult.Ok) judge.judge(new ReadResult.Ok(
                reading(5, Value.good(30), Value.good(50), Value.ABSENT),
                List.of(Detail.number("case_c", Value.good(31), "C"), Detail.text("serial", "HQ1"))));
        assertThat(result.reading().loadW()).isEqualTo(Value.suspect(1));
        assertThat(result.reading().controllerSocPercent()).isEqualTo(Value.suspect(50));
        assertThat(result.reading().pvEnergyTotalWh()).isEqualTo(Value.ABSENT);
        assertThat(result.details())
                .containsExactly(Detail.number("case_c", Value.suspect(31), "C"), Detail.text("serial", "HQ1"));
    }

    @Test
    void whatIsNotGoodIsPassedOnAndSaysNothing() {
        SequenceJudge judge = new SequenceJudge(PERIOD);
        Value old = new Value(50_000, Quality.STALE);
        judged(judge, reading(0, Value.good(13), Value.ABSENT, Value.good(50_010)));
        Reading second = judged(judge, reading(5, Value.suspect(99), Value.ABSENT, old));
        assertThat(second.batteryV()).isEqualTo(Value.suspect(99));
        assertThat(second.pvEnergyTotalWh()).isEqualTo(old);
        assertThat(second.controllerSocPercent()).isEqualTo(Value.ABSENT);
        assertThat(judged(judge, reading(10, Value.good(13), Value.ABSENT, Value.good(50_010)))
                        .batteryV())
                .isEqualTo(Value.good(13));
    }

    @Test
    void afterThreePeriodsEverythingIsStale() {
        SequenceJudge judge = new SequenceJudge(PERIOD);
        assertThat(judge.known(START)).isEmpty();
        judged(judge, reading(0, Value.good(13), Value.suspect(150), Value.ABSENT));
        ReadResult.Failed failed = new ReadResult.Failed(new Fault(Fault.Kind.NO_ANSWER, "silence"));
        assertThat(judge.judge(failed)).isEqualTo(failed);
        assertThat(judge.known(START.plusSeconds(15)).orElseThrow().batteryV()).isEqualTo(Value.good(13));
        Reading old = judge.known(START.plusSeconds(16)).orElseThrow();
        assertThat(old.batteryV()).isEqualTo(new Value(13, Quality.STALE));
        assertThat(old.pvW()).isEqualTo(new Value(1, Quality.STALE));
        assertThat(old.controllerSocPercent()).isEqualTo(Value.suspect(150));
        assertThat(old.pvEnergyTotalWh()).isEqualTo(Value.ABSENT);
    }
}

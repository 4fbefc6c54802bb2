package sunpeer.drivers.bms;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sunpeer.drivers.Captures;
import sunpeer.drivers.bms.Dialect.Parsed;
import sunpeer.drivers.bms.Dialect.Question;
import sunpeer.drivers.transport.Words;

class DialectTest {
    @ParameterizedTest
    @MethodSource("sunpeer.drivers.bms.BmsFrames#all")
    void theQuestionIsTheOneOfTheDocuments(BmsFrames frames) {
        assertThat(frames.dialect().ask(frames.question()))
                .hasValueSatisfying(asked -> assertThat(asked).isEqualTo(frames.asked()));
    }

    @ParameterizedTest
    @MethodSource("sunpeer.drivers.bms.BmsFrames#all")
    void everyBeginningWaitsForMore(BmsFrames frames) {
        byte[] answer = frames.answered();
        for (int length = 0; length < answer.length - 1; length++) {
            assertThat(frames.parse(answer, length)).as("%d bytes", length).isInstanceOf(Parsed.Incomplete.class);
        }
        assertThat(frames.parsed()).isInstanceOfAny(Parsed.Whole.class, Parsed.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("sunpeer.drivers.bms.BmsFrames#all")
    void echoAndNoiseBeforeTheAnswerDoNotMatter(BmsFrames frames) {
        for (byte[] before : List.of(frames.asked(), new byte[] {0, -1, 0, -1, 0})) {
            byte[] line = Arrays.copyOf(before, before.length + frames.answered().length);
            System.arraycopy(frames.answered(), 0, line, before.length, frames.answered().length);
            assertThat(frames.parse(line, line.length)).isEqualTo(frames.parsed());
        }
    }

    /** Sums of eight bits notice every single wrong bit; a wrong value never comes out. */
    @ParameterizedTest
    @MethodSource("sunpeer.drivers.bms.BmsFrames#all")
    void everySingleBitErrorIsNoticed(BmsFrames frames) {
        boolean unchecked = new String(frames.answered(), StandardCharsets.US_ASCII).startsWith(":r50=2,0,");
        for (int bit = 0; bit < frames.answered().length * 8 && !unchecked; bit++) {
            byte[] changed = frames.answered().clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            Parsed parsed = frames.parse(changed, changed.length);
            assertThat(parsed)
                    .as("bit %d of byte %d", bit % 8, bit / 8)
                    .satisfiesAnyOf(
                            that -> assertThat(that).isInstanceOfAny(Parsed.Incomplete.class, Parsed.Malformed.class),
                            that -> assertThat(that).isEqualTo(frames.parsed()));
        }
    }

    @ParameterizedTest
    @MethodSource("sunpeer.drivers.bms.BmsFrames#all")
    void anAnswerToAnotherQuestionIsNone(BmsFrames frames) {
        for (BmsFrames other : BmsFrames.all()) {
            boolean same =
                    other.question().equals(frames.question()) && other.title().equals(frames.title());
            if (!same) {
                assertThat(frames.parse(other.answered(), other.answered().length))
                        .as("%s for %s", other, frames)
                        .isInstanceOfAny(Parsed.Incomplete.class, Parsed.Malformed.class);
            }
        }
    }

    /** Words are decimal, after the address; ~ is what the device has not said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jbd 3 0       | 0x0300 | 1559 0 499 500 0 11388 0 0 0 32868 772 3 2957 2956 2952 ~
            jbd 3 2       | 0x0308 | 37 8462 20 1 2656 ~
            jbd 4 0       | 0x0400 | 3331 3329 3335 3328 ~
            daly-uart 90 0| 0x9000 | 532 0 30125 784
            daly-uart 91 0| 0x9100 | 3341 7 3312 12
            daly-uart 92 0| 0x9200 | 63 1 38 2
            daly-uart 93 0| 0x9300 | 1 1 1 200 3 22912
            daly-uart 94 0| 0x9400 | 16 2 1 0 2 147
            daly-uart 95 0| 0x950D | 3333 3334 3335 ~
            daly-uart 96 0| 0x9600 | 61 38 ~
            daly-uart 97 0| 0x9700 | 32769 0 0
            daly-uart 98 0| 0x9800 | 4 0 8 0 0 0 0 3
            jk-pb 2 0     | 0x024B | 26428 0 63977 4 53196 65535 215 65501
            junctek 32 0  | 0x3204 | 0 2648 0 1054 2 54228
            junctek 32 1  | 0x3216 | 0 1 ~ ~
            """)
    void whatIsPresentedAsRegisters(String which, String start, String expected) {
        int address = Integer.decode(start);
        Words words = BmsFrames.find(which).words();
        int[] wanted = Arrays.stream(expected.split(" ", -1))
                .mapToInt(word -> word.equals("~") ? Dialect.NOT_SAID : Integer.parseInt(word))
                .toArray();
        assertThat(IntStream.range(0, wanted.length).map(i -> words.at(address + i)))
                .containsExactly(Arrays.stream(wanted).boxed().toArray(Integer[]::new));
    }

    @Test
    void aRefusalHasItsCode() {
        assertThat(BmsFrames.find("jbd 5 1").parsed()).isEqualTo(new Parsed.Refused(0x80));
    }

    /** Each row is what came instead, as text or hexadecimal, and a word of the complaint. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            junctek   | :r50=1,2,abc,\\r\\n                          | where a number belongs
            junctek   | :r50=1,2,1,\\r\\n                            | 3 numbers
            junctek   | :r50=1,0,99999999999,1,1,1,1,1,1,1,1,1\\n    | where a number belongs
            junctek   | :r50=7,0,1,1,1,1,1,1,1,1,1,1,\\r\\n          | unit 7
            jbd       | dd0300011616ffd477                           | wrong checksum
            daly-uart | a50190080000000000000000ff                   | wrong checksum
            """)
    void complaints(String dialect, String line, String complaint) {
        byte[] bytes = line.startsWith(":")
                ? line.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII)
                : Captures.hex(line);
        int group = Map.of("junctek", 50, "jbd", 3, "daly-uart", 0x90).getOrDefault(dialect, 0);
        Parsed parsed = BmsFrames.dialect(dialect).parse(bytes, bytes.length, new Question(1, group, 0));
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        Parsed.Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains(complaint));
    }

    /** A missing or repeated frame would shift the cells. */
    @Test
    void dalyFramesOutOfOrder() {
        BmsFrames cells = BmsFrames.find("daly-uart 95 0");
        byte[] swapped = cells.answered().clone();
        System.arraycopy(cells.answered(), 13, swapped, 26, 13);
        System.arraycopy(cells.answered(), 26, swapped, 13, 13);
        assertThat(cells.parse(swapped, swapped.length)).isEqualTo(new Parsed.Malformed("frame 3 instead of 2"));
    }

    @Test
    void aJkFrameWithoutItsModbusAnswerNamesNoUnit() {
        BmsFrames live = BmsFrames.find("jk-pb 2 0");
        byte[] ofAnother = live.answered().clone();
        ofAnother[300] = 4;
        byte[] longer = Arrays.copyOf(ofAnother, ofAnother.length + 4);
        assertThat(live.parse(longer, longer.length)).isInstanceOf(Parsed.Malformed.class);
        byte[] padded = Arrays.copyOf(live.answered(), live.answered().length + 2);
        System.arraycopy(live.answered(), 300, padded, 302, 8);
        padded[300] = 0;
        padded[301] = 0;
        assertThat(live.parse(padded, padded.length)).isEqualTo(live.parsed());
    }

    /** Three registers and the value zero, units 1 to 15: nothing else can be sent as a JK question. */
    @Test
    void jkAsksNothingElse() {
        JkPb dialect = new JkPb();
        for (int unit = 0; unit <= 255; unit++) {
            for (int group = 0; group <= 255; group++) {
                boolean allowed = unit >= 1 && unit <= 15 && group >= 1 && group <= 3;
                var asked = dialect.ask(new Question(unit, group, 0));
                assertThat(asked.isPresent()).isEqualTo(allowed);
                asked.ifPresent(bytes -> assertThat(bytes[7] | bytes[8]).isZero());
            }
        }
    }
}

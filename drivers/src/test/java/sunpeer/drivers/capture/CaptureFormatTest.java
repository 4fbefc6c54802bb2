package sunpeer.drivers.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.drivers.capture.Capture.Expected;
import sunpeer.drivers.capture.Capture.Frame;
import sunpeer.drivers.capture.Capture.Poll;

class CaptureFormatTest {
    private static final String HEAD = "sunpeer capture 1\n";

    @Test
    void everythingThatMayStandInIt() {
        String text = HEAD + """
                profile epever
                unit 7
                # where it comes from

                @ 2026-06-21T12:00:00.000Z
                > +0 01 04 31 00
                < +34 0104
                < A1
                = battery_v 13.42
                = pv_w 90 suspect
                = charging_status no charge
                = battery_c absent
                @ 2026-06-21T12:00:10Z
                > ff
                """;
        assertThat(parse(text))
                .isEqualTo(new Capture(
                        "epever",
                        7,
                        List.of(
                                new Poll(
                                        Optional.of(Instant.parse("2026-06-21T12:00:00Z")),
                                        List.of(
                                                new Frame(true, 0, "01043100", "line 7"),
                                                new Frame(false, 34, "0104", "line 8"),
                                                new Frame(false, Frame.UNKNOWN, "a1", "line 9")),
                                        List.of(
                                                new Expected("battery_v", "13.42", "good", "line 10"),
                                                new Expected("pv_w", "90", "suspect", "line 11"),
                                                new Expected("charging_status", "no charge", "good", "line 12"),
                                                new Expected("battery_c", "", "absent", "line 13"))),
                                new Poll(
                                        Optional.of(Instant.parse("2026-06-21T12:00:10Z")),
                                        List.of(new Frame(true, Frame.UNKNOWN, "ff", "line 15")),
                                        List.of()))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello               | x.txt:1: a capture begins with the line "sunpeer capture 1"
            +                   | x.txt:1: there is no frame in it
            +> 0                | x.txt:2: has an odd number of hexadecimal digits
            +> zz               | x.txt:2: is not "> [+MILLISECONDS] HEXADECIMAL DIGITS"
            +>                  | x.txt:2: is not "> [+MILLISECONDS] HEXADECIMAL DIGITS"
            +< +-1 00           | x.txt:2: is not "< [+MILLISECONDS] HEXADECIMAL DIGITS"
            +unit 256           | x.txt:2: is neither "profile NAME" nor "unit NUMBER", nor begins with one of > < @ = #
            +> 00/unit 1        | x.txt:3: begins with none of > < @ = #
            +@ noon             | x.txt:2: is not "@ " and a time like 2026-06-21T12:00:00.000Z
            += battery_v        | x.txt:2: is not "= NAME VALUE [QUALITY]"
            += battery_v stale  | x.txt:2: an absent value has no number, and any other has one
            {"frames":[{}]}     | x.txt: frames[0].request: not pairs of hexadecimal digits
            {"frames":[3]}      | x.txt: frames[0]: not an object
            {"frames":[]}       | x.txt: there is no frame in it
            {"frames"           | x.txt:1: no JSON from character 9 on
            {"blocks":[{}]}     | x.txt: blocks[0].hex: not pairs of hexadecimal digits
            {"unit":1}          | x.txt: has neither an array "frames" nor an array "blocks"
            """)
    void whatIsWrongIsNamedWithItsLine(String text, String reason) {
        String whole = text.replace("+", text.startsWith("+") ? HEAD : "+").replace("/", "\n");
        String file = text.startsWith("+") ? HEAD + text.substring(1).replace("/", "\n") : whole;
        assertThat(CaptureFile.parse("x.txt", file)).isEqualTo(new CaptureResult.Malformed(reason));
    }

    @Test
    void jsonAsOthersWriteIt() {
        List<Frame> pair = List.of(
                new Frame(true, Frame.UNKNOWN, "0103", "frames[0].request"),
                new Frame(false, Frame.UNKNOWN, "01ab", "frames[0].response"));
        Capture expected = new Capture("", 0, List.of(new Poll(Optional.empty(), pair, List.of())));
        assertThat(parse("{\"device\": \"x\", \"frames\": [{\"request\": \"01 03\", \"response\": \"01:AB\"}]}"))
                .isEqualTo(expected);
        assertThat(parse(" [{\"request\": \"0103\", \"response\": \"01ab\", \"crc_ok\": true}]"))
                .isEqualTo(expected);
        Capture silence = parse(
                "{\"profile\": \"srne\", \"unit\": 3, \"frames\": [{\"request\": \"0103\", \"response\": \"\"}]}");
        assertThat(silence.profile()).isEqualTo("srne");
        assertThat(silence.unit()).isEqualTo(3);
        assertThat(silence.polls().getFirst().frames()).hasSize(1);
    }

    @Test
    void aFileThatIsNotThere() {
        assertThat(CaptureFile.read(Path.of("/nowhere/x.txt")))
                .isEqualTo(new CaptureResult.Malformed("/nowhere/x.txt: no such file"));
    }

    private static Capture parse(String text) {
        CaptureResult result = CaptureFile.parse("x.txt", text);
        assertThat(result).isInstanceOf(CaptureResult.Ok.class);
        return ((CaptureResult.Ok) result).capture();
    }
}

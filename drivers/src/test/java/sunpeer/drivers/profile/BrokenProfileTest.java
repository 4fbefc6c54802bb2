package sunpeer.drivers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For each rule one profile that breaks it, and the words that must be said. */
class BrokenProfileTest {
    private static final String WELL = """
            id = "acme"
            family = "Acme"
            kind = "charge_controller"
            protocol = "modbus"
            wires = ["serial"]
            baud = 9600
            unit = 1
            gap_ms = 0
            word_order = "hi_lo"
            [sources]
            X = "made for this test"
            [defaults]
            confidence = "C"
            sources = ["X"]
            [[block]]
            function = 3
            start = 0
            count = 12
            [[block]]
            function = 3
            start = 100
            count = 4
            optional = true
            [[block]]
            function = 2
            start = 5
            count = 1
            every = "daily"
            [factor.sf]
            address = 11
            type = "s16"
            use = "power_of_ten"
            [point]
            battery_v = { address = 0, type = "u16", scale = 0.1, unit = "V", range = [5, 75] }
            charge_a = { address = 1, type = "u16", scale_by = ["sf"], unit = "A", range = [0, 75] }
            pv_w = { address = 2, type = "u32", unit = "W", range = [0, 5000] }
            [detail]
            volts = { address = 4, type = "u16", unit = "V", na = [0xFFFF] }
            state = { address = 5, type = "enum", states = { 0 = "off", 1 = "on" } }
            flags = { address = 6, type = "bits", bits = { 0 = "hot", 1-2 = { 1 = "cold" } } }
            name = { address = 7, type = "ascii", words = 2 }
            version = { address = 9, type = "version", words = 1, octets = [0, 1] }
            percent = { address = 10, type = "f16", unit = "percent" }
            cell = { address = 100, type = "u16", unit = "V", repeat = 4 }
            night = { function = 2, address = 5, states = { 1 = "night" } }
            """;

    @Test
    void theWellOneIsTaken() {
        Profile profile = ProfileLoader.parse("acme.toml", WELL);
        assertThat(profile.points()).hasSize(14);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id = "acme"                        | id = "Ac me"                        | 1: id: is no name of small letters
            id = "acme"                        | id = "acne"                         | 1: id: does not match the file name
            id = "acme"                        | id = "acme                          | 1: Unexpected
            kind = "charge_controller"         | kind = "toaster"                    | 3: kind: "toaster" is none of charge_controller, battery_monitor, bms
            protocol = "modbus"                | protocol = "morse"                  | 4: protocol: "morse" is none of
            wires = ["serial"]                 | wires = ["carrier pigeon"]          | 5: wires: is not a list of "serial" and "tcp"
            baud = 9600                        | baud = "fast"                       | 6: baud: is not a whole number
            unit = 1                           | unit = 256                          | 7: unit: 256 is not in 1..255
            gap_ms = 0                         | gap_ms = 0~speed = 3                | 9: speed: unknown key
            gap_ms = 0                         | gap_ms = 0~gap_ms = 1               | 9: gap_ms previously defined
            word_order = "hi_lo"               | word_order = "middle"               | 9: word_order: "middle" is none of lo_hi, hi_lo
            confidence = "C"                   | confidence = "certain"              | 13: defaults.confidence: is none of A, B, C
            sources = ["X"]                    | sources = ["a friend"]              | 14: defaults.sources: must name entries of [sources]
            sources = ["X"]                    | sources = ["X"]~colour = "red"      | 15: defaults.colour: unknown key
            function = 2                       | function = 5                        | 25: block[2].function: 5 is not in 1..4
            start = 100                        | start = 8                           | 21: block[1].start: overlaps block[0]
            start = 100                        | start = 65535                       | 22: block[1].count: 4 is not in 1..1
            count = 12                         | count = 126                         | 18: block[0].count: 126 is not in 1..125
            count = 12                         | count = 12~every = "minute"         | 19: block[0].every: "minute" is none of fast, slow, daily
            count = 12                         | count = 12~every = "slow"           | block: the first one must be registers that are there at every poll
            count = 12                         | count = 12~together = [[11, 2]]     | 19: block[0].together: is not a list of [start, count] inside the block
            count = 12                         | count = 12~fallback = [[0, 2]]      | 19: block[0].fallback: unknown key
            count = 4                          | count = 4~[[block]]~function = 4~start = 0~count = 3 | 25: block[2].start: no point is read from this block
            type = "s16"                       | type = "f80"                        | 31: factor.sf.type: "f80" is none of
            use = "power_of_ten"               | use = "guess"                       | 32: factor.sf.use: "guess" is none of multiply, divide, power_of_ten
            battery_v = {                      | battery_volts = {                   | 34: point.battery_volts: unknown point
            battery_v = {                      | load_v = {                          | point: battery_v is missing
            charge_a = {                       | load_a = {                          | point: one of battery_a and charge_a must be there
            pv_w = {                           | load_w = {                          | point: one of pv_w and pv_v must be there
            address = 0,                       | address = 50,                       | 34: point.battery_v.address: 0x0032 lies in no block of function 3
            address = 2,                       | address = 11,                       | 36: point.pv_w.address: 0x000B to 0x000C is torn by the edge of block[0]
            unit = "W"                         | unit = "V"                          | 36: point.pv_w.unit: must be W
            scale = 0.1                        | scale = 0                           | 34: point.battery_v.scale: must not be 0
            scale = 0.1                        | scale = 0.1, divisor = 0            | 34: point.battery_v.divisor: must not be 0
            scale_by = ["sf"]                  | scale_by = ["sv"]                   | 35: point.charge_a.scale_by: sv is no [factor]
            range = [5, 75]                    | range = [75, 5]                     | 34: point.battery_v.range: is not [lowest, highest]
            , range = [5, 75]                  | ` `                                 | 34: point.battery_v.range: is missing
            pv_w = { address = 2, type = "u32" | pv_w = { address = 2, type = "hex", words = 2 | 36: point.pv_w.type: is a text
            unit = "V", na = [0xFFFF]          | unit = "volts"                      | 38: detail.volts.unit: "volts" is no unit known here
            na = [0xFFFF]                      | na = [0x10000]                      | 38: detail.volts.na: 65536 (0x10000) does not fit the type
            na = [0xFFFF]                      | na = [-1]                           | 38: detail.volts.na: -1
            na = [0xFFFF]                      | na = [1.5]                          | 38: detail.volts.na: holds something that is neither
            na = [0xFFFF]                      | mask = 0x1FFFF                      | 38: detail.volts.mask: 131071 is not in 1..65535
            na = [0xFFFF]                      | mask = 0x0F, shift = 4              | 38: detail.volts.shift: moves the mask away
            na = [0xFFFF]                      | colour = "red"                      | 38: detail.volts.colour: unknown key
            na = [0xFFFF]                      | confidence = "D"                    | 38: detail.volts.confidence: is none of A, B, C
            na = [0xFFFF]                      | sources = ["Y"]                     | 38: detail.volts.sources: must name entries of [sources]
            na = [0xFFFF]                      | when = { address = 5, type = "u16" } | 38: detail.volts.when.min: one of min and max must be there
            na = [0xFFFF]                      | when = { address = 7, type = "ascii", words = 1, min = 1 } | 38: detail.volts.when.type: is no number
            volts = {                          | pv_v = {                            | 38: detail.pv_v: is a [point]
            volts = {                          | Volts = {                           | 38: detail.Volts: is no name of small letters
            volts = {                          | cell_1 = {                          | detail.cell.repeat: would be called cell_1, as another
            states = { 0 = "off", 1 = "on" }   | scale = 1, unit = "V"               | 39: detail.state.states: is missing
            states = { 0 = "off", 1 = "on" }   | states = { 70000 = "on" }           | 39: detail.state.states.70000: is no number that can come
            bits = { 0 = "hot"                 | bits = { 16 = "hot"                 | 40: detail.flags.bits.16: lies outside the register
            bits = { 0 = "hot"                 | bits = { 2 = "hot"                  | 40: detail.flags.bits.1-2: takes a bit that is taken
            1-2 = { 1 = "cold" }               | 1-2 = { 4 = "cold" }                | 40: detail.flags.bits.1-2.4: is no number that can come
            type = "ascii", words = 2          | type = "ascii"                      | 41: detail.name.words: is missing
            octets = [0, 1]                    | octets = [2]                        | 42: detail.version.octets: is not a list of positions
            type = "f16", unit = "percent"     | type = "f16", states = { 1 = "a" }  | 43: detail.percent.type: has no whole numbers
            repeat = 4                         | repeat = 5                          | 44: detail.cell.address: 0x0068 lies in no block
            states = { 1 = "night" }           | type = "u16", states = { 1 = "night" } | 45: detail.night.type: unknown key
            """)
    void isRefusedWithFileLineAndReason(String right, String wrong, String message) {
        assertThat(WELL).contains(right);
        String broken = WELL.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong.replace('~', '\n')));
        assertThatThrownBy(() -> ProfileLoader.parse("acme.toml", broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)acme\\.toml:[0-9]+: .*")
                .hasMessageContaining(message);
    }

    @Test
    void aRegisterIsClaimedTwiceByOneQuantity() {
        String twice = WELL.replaceFirst("(?m)^battery_v = .*\n", "").replace("[point]\n", """
                        [[point.battery_v]]
                        address = 0
                        type = "u16"
                        unit = "V"
                        range = [5, 75]
                        [[point.battery_v]]
                        address = 0
                        type = "u16"
                        unit = "V"
                        range = [5, 75]
                        [point]
                        """);
        assertThatThrownBy(() -> ProfileLoader.parse("acme.toml", twice))
                .hasMessage("acme.toml:39: point.battery_v[1].address: is claimed twice by battery_v in the same way");
    }

    @Test
    void anOwnersProfileAddsOrReplacesAndABrokenOneStopsNoOther(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("acme.toml"), WELL);
        Files.writeString(folder.resolve("acne.toml"), WELL);
        Files.writeString(folder.resolve("srne.toml"), WELL.replace("acme", "srne"));
        Files.write(folder.resolve("binary.toml"), new byte[] {(byte) 0xFF, 0, 1});
        Files.writeString(folder.resolve("notes.txt"), "no profile");
        Catalogue catalogue = Profiles.withOwners(folder);
        assertThat(catalogue.ids()).contains("acme", "epever");
        assertThat(catalogue.find("srne").orElseThrow().family()).isEqualTo("Acme");
        assertThat(catalogue.problems())
                .hasSize(2)
                .anySatisfy(problem ->
                        assertThat(problem).isEqualTo(folder + "/acne.toml:1: id: does not match the file name"))
                .anySatisfy(problem -> assertThat(problem).startsWith(folder + "/binary.toml:1: cannot be read"));
        assertThat(Profiles.withOwners(folder.resolve("none")).problems()).isEmpty();
    }
}

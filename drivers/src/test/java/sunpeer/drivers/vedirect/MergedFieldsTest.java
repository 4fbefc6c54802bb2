package sunpeer.drivers.vedirect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergedFieldsTest {
    private static final long SECOND = 1_000_000_000L;

    private final MergedFields merged = new MergedFields();

    @Test
    void twoBlocksAreOneDevice() {
        merged.take(Map.of("V", "12282", "SOC", "916"), 0);
        merged.take(Map.of("H1", "-76138"), SECOND);
        merged.take(Map.of("V", "12281", "SOC", "916"), 2 * SECOND);
        assertThat(merged.fields(2 * SECOND))
                .containsOnly(Map.entry("V", "12281"), Map.entry("SOC", "916"), Map.entry("H1", "-76138"));
        assertThat(merged.olderThan(2 * SECOND)).containsExactly("H1");
        assertThat(merged.fields(62 * SECOND)).containsOnlyKeys("V", "SOC");
    }

    @Test
    void anotherDeviceBeginsAnew() {
        merged.take(Map.of("PID", "0xA389", "SOC", "916"), 0);
        merged.take(Map.of("PID", "0xA053", "V", "12000"), SECOND);
        assertThat(merged.fields(SECOND)).doesNotContainKey("SOC").containsEntry("V", "12000");
    }

    @Test
    void registersAreFieldsWithAndWithoutSign() {
        merged.take((HexMessage.Register) HexMessage.parse("ADBED0030F85B"), 0);
        assertThat(merged.fields(0)).containsOnly(Map.entry("0xEDDB", "63536"), Map.entry("0xEDDB signed", "-2000"));
        merged.take((HexMessage.Register) HexMessage.parse("7F0ED026F"), 0);
        assertThat(merged.fields(0)).doesNotContainKey("0xEDF0");
    }

    @Test
    void onlySoMuchIsKept() {
        for (int i = 0; i < 1000; i++) {
            merged.take(Map.of("L" + i, "1"), i);
            int low = i & 0xFF;
            int checksum = (0x55 - 0xA - low - (i >> 8) - 1) & 0xFF;
            merged.take(
                    (HexMessage.Register) HexMessage.parse("A%02X%02X0001%02X".formatted(low, i >> 8, checksum)), i);
        }
        assertThat(merged.fields(1000)).hasSizeLessThanOrEqualTo(2 * 64 + 4);
    }

    @Test
    void nothingOfAnOlderBlockIsKept() {
        merged.take(Map.of("PID", "0xA053", "V", "12000", "I", "100"), 0);
        merged.take(Map.of("PID", "0xA053", "V", "12500"), SECOND);
        assertThat(merged.fields(SECOND)).doesNotContainKey("I").containsEntry("V", "12500");
    }

    @Test
    void withoutALoadOutputTheNetCurrentIsNotKnown() {
        Map<String, String> large = Map.of("PID", "0xA058", "V", "13000", "I", "2100", "PPV", "28");
        assertThat(VeDirectText.readable(large))
                .containsEntry("I converter", "2100")
                .doesNotContainKey("I");
    }

    /** Firmware 1.15 changed what I is on two models. */
    @ParameterizedTest
    @CsvSource({
        "0xA042, 114, I converter",
        "0xA043, 110, I converter",
        "0xA042, 115, I",
        "0xa043, 0114, I converter",
        "0xA042, C114, I converter",
        "0xA053, 114, I",
        "0xA042, '', I",
        "'', 114, I"
    })
    void whatTheCurrentIs(String product, String firmware, String label) {
        assertThat(VeDirectText.readable(Map.of("PID", product, "FW", firmware, "I", "2100")))
                .containsEntry(label, "2100")
                .doesNotContainKey(label.equals("I") ? "I converter" : "I");
    }

    @ParameterizedTest
    @CsvSource({
        "FW, 119, 1.19",
        "FW, C208, 2.08 release candidate C",
        "FW, 0413, 4.13",
        "FWE, 0208FF, 2.08",
        "FWE, 20804, 2.08 beta 04",
        "FW, ?, "
    })
    void firmware(String label, String text, String expected) {
        assertThat(VeDirectText.readable(Map.of(label, text)).get("firmware")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0xA053, SmartSolar 75|15",
        "0x203, BMV-700",
        "0xA389, SmartShunt 500A",
        "0xA111, MPPT 0xA111",
        "0xA231, inverter 0xA231",
        "0xA340, charger 0xA340",
        "0xBEEF, 0xBEEF",
        "BMV, "
    })
    void product(String product, String expected) {
        assertThat(VeDirectText.readable(Map.of("PID", product)).get("product")).isEqualTo(expected);
    }

    @Test
    void oldFirmwareWritesSwitchesInSmallLetters() {
        assertThat(VeDirectText.readable(Map.of("Relay", "on"))).containsEntry("Relay", "ON");
    }

    @Test
    void theRoundIsOverWhenEveryBlockHasCome() {
        merged.take(Map.of("PID", "1", "V", "1"), 0);
        assertThat(merged.completeSince(0)).as("another block may come").isFalse();
        merged.take(Map.of("PID", "1", "H1", "1"), 1);
        merged.take(Map.of("PID", "1", "V", "1"), 2);
        assertThat(merged.completeSince(0)).isTrue();
        long mark = merged.mark();
        merged.take(Map.of("PID", "1", "V", "1"), 3);
        assertThat(merged.completeSince(mark)).isFalse();
        merged.take(Map.of("PID", "1", "H1", "1"), 4);
        assertThat(merged.completeSince(mark)).isTrue();
    }

    @Test
    void aBlockThatComesNoMoreIsNotWaitedFor() {
        merged.take(Map.of("H1", "1"), 0);
        IntStream.range(0, 9).forEach(i -> merged.take(Map.of("V", "1"), i));
        assertThat(merged.completeSince(merged.mark() - 1)).isTrue();
    }
}

package sunpeer.drivers.vedirect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import sunpeer.drivers.Captures;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.profile.Profiles;
import sunpeer.drivers.profile.TextJudgement;

class VeDirectDecoderTest {
    private static final List<byte[]> BLOCKS =
            Captures.lines("vedirect-blocks.txt").stream().map(Captures::hex).toList();
    private static final byte[] SMART_SOLAR = BLOCKS.getFirst();

    @Test
    void capturedBlocksHaveRightChecksums() {
        VeDirectDecoder decoder = VeDirectDecoder.atBlockStart();
        assertThat(BLOCKS)
                .allSatisfy(block -> assertThat(decoder.push(block, block.length))
                        .singleElement()
                        .isInstanceOf(VeDirectEvent.Block.class));
    }

    @Test
    void capturedSmartSolarAsAReading() {
        Reading reading = ((ReadResult.Ok) TextJudgement.reading(
                        Instant.EPOCH,
                        "test",
                        Profiles.find("victron").orElseThrow(),
                        only(decode(SMART_SOLAR)),
                        Set.of()))
                .reading();
        assertThat(reading.batteryV()).isEqualTo(Value.good(12.54));
        assertThat(reading.batteryA()).isEqualTo(Value.good(0.04));
        assertThat(reading.loadA()).isEqualTo(Value.good(0.3));
        assertThat(reading.chargeA()).isEqualTo(Value.good(0.34));
        assertThat(reading.pvV()).isEqualTo(Value.good(18.54));
        assertThat(reading.pvW()).isEqualTo(Value.good(5));
        assertThat(reading.pvEnergyTotalWh()).isEqualTo(Value.good(1440));
        assertThat(reading.batteryC().quality()).isEqualTo(Quality.ABSENT);
        assertThat(reading.stage()).isEqualTo(ChargeStage.BULK);
    }

    @Test
    void aHexFrameMayComeAnywhere() {
        byte[] hex = ":ADBED001A0D5C\n".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < SMART_SOLAR.length - 1; at++) {
            List<VeDirectEvent> events = decode(insert(SMART_SOLAR, at, hex));
            assertThat(events).as("at byte %d", at).hasSize(2);
            assertThat(events.get(0)).isEqualTo(new VeDirectEvent.HexFrame("ADBED001A0D5C"));
            assertThat(events.get(1)).isInstanceOf(VeDirectEvent.Block.class);
        }
    }

    @Test
    void aHexFrameThatEndsWrongly() {
        byte[] defect = ":ADBED001A0D5C?".getBytes(StandardCharsets.US_ASCII);
        defect[defect.length - 1] = (byte) 0xFE;
        int middle = new String(SMART_SOLAR, StandardCharsets.ISO_8859_1).indexOf("\r\nVPV");
        assertThat(decode(insert(SMART_SOLAR, middle, defect))).last().isInstanceOf(VeDirectEvent.Block.class);
        byte[] endless = ":ADBED001A0D5C".getBytes(StandardCharsets.US_ASCII);
        assertThat(decode(insert(SMART_SOLAR, middle, endless))).last().isInstanceOf(VeDirectEvent.Block.class);
    }

    @Test
    void theChecksumMayBeAColonOrALineEnd() {
        for (int wanted : new int[] {':', '\r', '\n', '\t'}) {
            byte[] block = blockWithChecksum(wanted);
            VeDirectDecoder decoder = VeDirectDecoder.atBlockStart();
            assertThat(decoder.push(block, block.length)).singleElement().isInstanceOf(VeDirectEvent.Block.class);
            assertThat(decoder.push(SMART_SOLAR, SMART_SOLAR.length))
                    .singleElement()
                    .isInstanceOf(VeDirectEvent.Block.class);
        }
    }

    @Test
    void joinedAnywhereTheSecondBlockIsRight() {
        for (int from = 0; from < SMART_SOLAR.length; from++) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            stream.write(SMART_SOLAR, from, SMART_SOLAR.length - from);
            for (int i = 0; i < 3; i++) {
                stream.write(SMART_SOLAR, 0, SMART_SOLAR.length);
            }
            VeDirectDecoder decoder = VeDirectDecoder.midStream();
            List<VeDirectEvent> events = decoder.push(stream.toByteArray(), stream.size());
            assertThat(events)
                    .as("from byte %d", from)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .last()
                    .isInstanceOf(VeDirectEvent.Block.class);
        }
    }

    @Test
    void everySingleBitErrorIsNoticed() {
        for (int bit = 0; bit < SMART_SOLAR.length * 8; bit++) {
            byte[] changed = SMART_SOLAR.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(decode(changed)).as("bit %d", bit).noneMatch(event -> event instanceof VeDirectEvent.Block);
        }
    }

    @Test
    void anyBytesAreBoundedAndFollowedByStep() {
        long seed = 20260722;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] alphabet = "\r\n\t:0AFVChecksum\u00fe".getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < 3000; round++) {
            VeDirectDecoder decoder = VeDirectDecoder.midStream();
            byte[] rubbish = new byte[random.nextInt(600)];
            random.nextBytes(rubbish);
            for (int i = 0; i < rubbish.length; i++) {
                if (random.nextInt(4) > 0) {
                    rubbish[i] = alphabet[random.nextInt(alphabet.length)];
                }
            }
            decoder.push(rubbish, rubbish.length);
            List<VeDirectEvent> events = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                events.addAll(decoder.push(SMART_SOLAR, SMART_SOLAR.length));
            }
            assertThat(events).as("seed %d round %d", seed, round).last().isInstanceOf(VeDirectEvent.Block.class);
        }
    }

    @Test
    void endlessFieldsAndLabelsAreRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            many.append("\r\nF").append(i).append("\t1");
        }
        assertThat(decode(many.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII)))
                .contains(new VeDirectEvent.Malformed("more than 32 fields"));
        assertThat(decode(("\r\n" + "L".repeat(5000)).getBytes(StandardCharsets.US_ASCII)))
                .containsExactly(new VeDirectEvent.Malformed("label too long"));
        assertThat(decode(("\r\nV\t" + "1".repeat(5000)).getBytes(StandardCharsets.US_ASCII)))
                .containsExactly(new VeDirectEvent.Malformed("value too long"));
    }

    private static List<VeDirectEvent> decode(byte[] bytes) {
        return VeDirectDecoder.atBlockStart().push(bytes, bytes.length);
    }

    private static Map<String, String> only(List<VeDirectEvent> events) {
        return ((VeDirectEvent.Block) events.getFirst()).fields();
    }

    private static byte[] insert(byte[] into, int at, byte[] what) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(into, 0, at);
        result.write(what, 0, what.length);
        result.write(into, at, into.length - at);
        return result.toByteArray();
    }

    private static byte[] blockWithChecksum(int wanted) {
        for (int filler = 0; filler < 25 * 60; filler++) {
            String text = "x".repeat(filler / 60) + (char) ('A' + filler % 60);
            byte[] open = ("\r\nV\t" + text + "\r\nChecksum\t").getBytes(StandardCharsets.US_ASCII);
            int sum = wanted;
            for (byte octet : open) {
                sum += octet;
            }
            if ((sum & 0xFF) == 0) {
                return insert(open, open.length, new byte[] {(byte) wanted});
            }
        }
        throw new AssertionError("no filler gives " + wanted);
    }
}

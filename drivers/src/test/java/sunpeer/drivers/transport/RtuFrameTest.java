package sunpeer.drivers.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.drivers.Captures;
import sunpeer.drivers.transport.RtuFrame.Parsed;

class RtuFrameTest {
    private static final Request ONE = new Request(1, 4, 0x3104, 1);
    private static final byte[] ANSWER = Captures.hex("0104020510bbac");

    @Test
    void requestAsCaptured() {
        assertThat(RtuFrame.request(ONE)).isEqualTo(Captures.hex("0104310400017ef7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epever-tracer2215bn.txt", "srne-vendor-examples.txt"})
    void everyCapturedAnswerFitsItsRequest(String file) {
        for (Captures.Exchange exchange : Captures.exchanges(file)) {
            byte[] bytes = Captures.hex(exchange.request());
            Request request = new Request(bytes[0], bytes[1], word(bytes, 2), word(bytes, 4));
            assertThat(RtuFrame.request(request)).isEqualTo(bytes);
            byte[] response = Captures.hex(exchange.response());
            Parsed parsed = RtuFrame.parse(response, response.length, request);
            if ((response[1] & 0x80) != 0) {
                assertThat(parsed).isEqualTo(new Parsed.Refused(2));
            } else {
                assertThat(parsed).isInstanceOf(Parsed.Registers.class);
            }
        }
    }

    @Test
    void voltageOfTheCapture() {
        assertThat(RtuFrame.parse(ANSWER, ANSWER.length, ONE)).isEqualTo(new Parsed.Registers(new Words(0x3104, 1296)));
    }

    @Test
    void everyPartIsIncomplete() {
        for (int length = 0; length < ANSWER.length; length++) {
            assertThat(RtuFrame.parse(ANSWER, length, ONE)).isEqualTo(new Parsed.Incomplete());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8})
    void noiseBeforeTheAnswerIsSkipped(int noise) {
        byte[] bytes = new byte[noise + ANSWER.length];
        System.arraycopy(ANSWER, 0, bytes, noise, ANSWER.length);
        assertThat(RtuFrame.parse(bytes, bytes.length, ONE)).isInstanceOf(Parsed.Registers.class);
    }

    @Test
    void echoOfTheRequestIsSkipped() {
        byte[] bytes = Captures.hex("0104310400017ef7" + "0104020510bbac");
        assertThat(RtuFrame.parse(bytes, bytes.length, ONE)).isInstanceOf(Parsed.Registers.class);
    }

    @Test
    void complaintsNameTheCause() {
        assertThat(complaint(RtuFrame.withCrc(2, 4, 2, 5, 0x10))).contains("unit 2 instead of unit 1");
        assertThat(complaint(RtuFrame.withCrc(1, 3, 2, 5, 0x10))).contains("function 3 instead of 4");
        assertThat(complaint(RtuFrame.withCrc(1, 4, 4, 5, 0x10, 0, 0))).contains("4 bytes of registers instead of 2");
        assertThat(complaint(Captures.hex("0104020511bbac"))).contains("checksum");
    }

    /** One changed bit anywhere never gives registers. */
    @Test
    void everySingleBitErrorIsNoticed() {
        for (int bit = 0; bit < ANSWER.length * 8; bit++) {
            byte[] changed = ANSWER.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(RtuFrame.parse(changed, changed.length, ONE)).isNotInstanceOf(Parsed.Registers.class);
        }
    }

    @Test
    void anyBytesGiveAValue() {
        long seed = 20260721;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && random.nextBoolean()) {
                bytes[0] = 1;
                bytes[1] = (byte) (random.nextBoolean() ? 4 : 0x84);
            }
            assertThat(RtuFrame.parse(bytes, bytes.length, new Request(1, 4, 0, 1 + random.nextInt(20))))
                    .as("seed %d round %d %s", seed, round, Arrays.toString(bytes))
                    .isNotNull();
        }
    }

    private static String complaint(byte[] bytes) {
        return RtuFrame.parse(bytes, bytes.length, ONE) instanceof Parsed.Malformed(String reason) ? reason : "none";
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
}

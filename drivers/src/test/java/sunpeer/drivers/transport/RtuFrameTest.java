package sunpeer.drivers.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.drivers.Captures;
import sunpeer.drivers.transport.RtuFrame.Parsed;

class RtuFrameTest {
    private static final Request ONE = new Request.Registers(1, 4, 0x3104, 1);
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
            Request request = new Request.Registers(bytes[0], bytes[1], word(bytes, 2), word(bytes, 4));
            assertThat(RtuFrame.request(request)).isEqualTo(bytes);
            byte[] response = Captures.hex(exchange.response());
            Parsed parsed = RtuFrame.parse(response, response.length, request);
            if ((response[1] & 0x80) != 0) {
                assertThat(parsed).isEqualTo(new Parsed.Whole(new Answer.Refused(2), 5));
            } else {
                assertThat(parsed).isInstanceOf(Parsed.Whole.class);
            }
        }
    }

    @Test
    void voltageOfTheCapture() {
        assertThat(RtuFrame.parse(ANSWER, ANSWER.length, ONE))
                .isEqualTo(new Parsed.Whole(new Answer.Registers(new Words(0x3104, 1296)), 7));
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
        assertThat(RtuFrame.parse(bytes, bytes.length, ONE)).isInstanceOf(Parsed.Whole.class);
    }

    @Test
    void echoOfTheRequestIsSkipped() {
        byte[] bytes = Captures.hex("0104310400017ef7" + "0104020510bbac");
        assertThat(RtuFrame.parse(bytes, bytes.length, ONE)).isInstanceOf(Parsed.Whole.class);
    }

    @Test
    void complaintsNameTheCause() {
        assertThat(complaint(RtuFrame.withCrc(2, 4, 2, 5, 0x10))).contains("unit 2 instead of unit 1");
        assertThat(complaint(RtuFrame.withCrc(1, 3, 2, 5, 0x10))).contains("function 3 instead of 4");
        assertThat(complaint(RtuFrame.withCrc(1, 4, 4, 5, 0x10, 0, 0))).contains("4 bytes of content");
        assertThat(complaint(Captures.hex("0104020511bbac"))).contains("checksum");
    }

    /** One changed bit anywhere never gives registers. */
    @Test
    void everySingleBitErrorIsNoticed() {
        for (int bit = 0; bit < ANSWER.length * 8; bit++) {
            byte[] changed = ANSWER.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(RtuFrame.parse(changed, changed.length, ONE)).isNotInstanceOf(Parsed.Whole.class);
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
            assertThat(RtuFrame.parse(bytes, bytes.length, new Request.Registers(1, 4, 0, 1 + random.nextInt(20))))
                    .as("seed %d round %d %s", seed, round, Arrays.toString(bytes))
                    .isNotNull();
        }
    }

    @Test
    void identityHasNoLengthOfItsOwn() {
        byte[] answer = Captures.hex(
                "012b0e010100000300154550736f6c6172205465636820636f2e2c204c7464010c54726163657232323135424e020d5630322e30352b5630372e3132d7d8");
        var request = new Request.Identity(1);
        assertThat(RtuFrame.request(request)).isEqualTo(Captures.hex("012b0e01007077"));
        for (int length = 0; length < answer.length; length++) {
            assertThat(RtuFrame.parse(answer, length, request)).isEqualTo(new Parsed.Incomplete());
        }
        assertThat(RtuFrame.parse(answer, answer.length, request))
                .isEqualTo(new Parsed.Whole(
                        new Answer.Identity(Map.of(0, "EPsolar Tech co., Ltd", 1, "Tracer2215BN", 2, "V02.05+V07.12")),
                        answer.length));
    }

    @Test
    void bitsAndWrites() {
        var bits = new Request.Bits(1, 2, 0x200C, 3);
        byte[] answer = RtuFrame.withCrc(1, 2, 1, 0b101);
        assertThat(RtuFrame.parse(answer, answer.length, bits))
                .isEqualTo(new Parsed.Whole(new Answer.Bits(List.of(true, false, true)), answer.length));
        var on = new Request.Write(1, AllowedWrite.EPEVER_LOAD, List.of(0xFF00));
        assertThat(RtuFrame.request(on)).isEqualTo(RtuFrame.withCrc(1, 5, 0, 2, 0xFF, 0));
        var clock = new Request.Write(1, AllowedWrite.EPEVER_CLOCK, List.of(0x0633, 0x1301, 0x0F06));
        assertThat(RtuFrame.request(clock))
                .isEqualTo(RtuFrame.withCrc(1, 16, 0x90, 0x13, 0, 3, 6, 0x06, 0x33, 0x13, 0x01, 0x0F, 0x06));
        assertThat(RtuFrame.parse(RtuFrame.withCrc(1, 16, 0x90, 0x13, 0, 3), 8, clock))
                .isEqualTo(new Parsed.Whole(new Answer.Written(), 8));
    }

    @Test
    void otherWritesCannotBeMade() {
        assertThatThrownBy(() -> new Request.Write(1, AllowedWrite.EPEVER_LOAD, List.of(1)))
                .hasMessageContaining("may not be written to the load output");
        assertThatThrownBy(() -> new Request.Write(1, AllowedWrite.EPEVER_CLOCK, List.of(1, 2)))
                .hasMessageContaining("may not be written to the clock");
    }

    private static String complaint(byte[] bytes) {
        return RtuFrame.parse(bytes, bytes.length, ONE) instanceof Parsed.Malformed(String reason) ? reason : "none";
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
}

package sunpeer.drivers.profile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import sunpeer.drivers.Device;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/** The bytes as the text of fuzz.toml: a profile that can be read with, or a mistake with file and line. */
class ProfileTextFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void toml(byte[] bytes) {
        Profile profile;
        try {
            profile = ProfileLoader.parse("fuzz.toml", new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException mistake) {
            String message = String.valueOf(mistake.getMessage());
            if (!message.matches("(?s)fuzz\\.toml:[0-9]+: .+")) {
                throw new IllegalStateException("a mistake without file and line: " + message, mistake);
            }
            return;
        }
        if (profile.protocol().registers()) {
            try (Device device = new ModbusDevice(profile, new Echo(), 1, InstantSource.fixed(Instant.EPOCH))) {
                device.read();
            }
        }
    }

    /** A bus where every register holds its address and every bit is set. */
    static final class Echo implements RegisterBus {
        @Override
        public Answer ask(Request request) {
            return switch (request) {
                case Request.Registers(int _, int _, int address, int count) ->
                    new Answer.Registers(new Words(
                            address, IntStream.range(address, address + count).toArray()));
                case Request.Bits(int _, int _, int _, int count) ->
                    new Answer.Bits(
                            IntStream.range(0, count).mapToObj(_ -> true).toList());
                case Request.Identity _ -> new Answer.Refused(1);
                case Request.Write write -> throw new IllegalStateException("a profile writes: " + write);
            };
        }

        @Override
        public String where() {
            return "an echo";
        }

        @Override
        public int generation() {
            return 1;
        }

        @Override
        public void close() {}
    }
}

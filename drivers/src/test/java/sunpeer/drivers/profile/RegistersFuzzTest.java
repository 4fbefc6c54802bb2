package sunpeer.drivers.profile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Device;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.RegisterBus;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.Words;

/** The first byte chooses a shipped profile; the rest is what its registers hold, over and over. */
class RegistersFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void registers(byte[] bytes) {
        if (bytes.length < 3) {
            return;
        }
        List<String> ids = Profiles.ids();
        Profile profile = Profiles.find(ids.get((bytes[0] & 0xFF) % ids.size())).orElseThrow();
        if (!profile.protocol().registers()) {
            return;
        }
        Full bus = new Full(Arrays.copyOfRange(bytes, 1, bytes.length));
        try (Device device = new ModbusDevice(profile, bus, 1, InstantSource.fixed(Instant.EPOCH))) {
            if (device.read() instanceof ReadResult.Ok(Reading reading, List<Detail> details)) {
                check(profile, reading, details);
            }
        }
    }

    /** What is called good lies within what the profile calls possible. */
    private static void check(Profile profile, Reading reading, List<Detail> details) {
        double min = bound(profile, "battery_v", true);
        double max = bound(profile, "battery_v", false);
        Value volts = reading.batteryV();
        if (volts.isGood() && (volts.number() < min || volts.number() > max)) {
            throw new IllegalStateException("a battery of " + volts.number() + " V");
        }
        for (Detail detail : details) {
            boolean finite = detail.value().quality() == Quality.ABSENT
                    || Double.isFinite(detail.value().number());
            if (!finite || detail.text().length() > 4000) {
                throw new IllegalStateException("no value: " + detail);
            }
        }
    }

    private static double bound(Profile profile, String name, boolean lowest) {
        Stream<Point> points =
                profile.points().stream().filter(point -> point.name().equals(name));
        return lowest
                ? points.mapToDouble(Point::min).min().orElseThrow()
                : points.mapToDouble(Point::max).max().orElseThrow();
    }

    /** A device that serves everything. */
    private static final class Full implements RegisterBus {
        private final byte[] content;

        Full(byte[] content) {
            this.content = content;
        }

        private int octet(int at) {
            return content[at % content.length] & 0xFF;
        }

        @Override
        public Answer ask(Request request) {
            return switch (request) {
                case Request.Registers(int _, int _, int address, int count) ->
                    new Answer.Registers(new Words(
                            address,
                            IntStream.range(address, address + count)
                                    .map(at -> octet(2 * at) << 8 | octet(2 * at + 1))
                                    .toArray()));
                case Request.Bits(int _, int _, int address, int count) ->
                    new Answer.Bits(IntStream.range(address, address + count)
                            .mapToObj(at -> (octet(at) & 1) != 0)
                            .toList());
                case Request.Identity _ -> new Answer.Refused(1);
                case Request.Write write -> throw new IllegalStateException("a profile writes: " + write);
            };
        }

        @Override
        public String where() {
            return "any bytes";
        }

        @Override
        public int generation() {
            return 1;
        }

        @Override
        public void close() {}
    }
}

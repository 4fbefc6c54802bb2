package sunpeer.drivers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sunpeer.drivers.Captures;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Value;

/** Every profile decodes the captures that it names to the values that stand in them or beside them. */
class ShippedCapturesTest {
    static Stream<Arguments> captures() {
        return Profiles.ids().stream()
                .map(id -> Profiles.find(id).orElseThrow())
                .filter(profile -> profile.protocol() == Profile.Protocol.MODBUS)
                .flatMap(profile -> profile.captures().stream().map(file -> Arguments.of(profile.id(), file)));
    }

    @Test
    void everyModbusFamilyNamesOne() {
        assertThat(Profiles.ids()).allSatisfy(id -> {
            Profile profile = Profiles.find(id).orElseThrow();
            assertThat(profile.protocol() == Profile.Protocol.MODBUS)
                    .as("captures of " + id)
                    .isEqualTo(!profile.captures().isEmpty());
        });
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("captures")
    void decodes(String id, String file) {
        CapturedBus bus = new CapturedBus();
        Iterator<String> frames = lines(file).stream()
                .filter(line -> !line.startsWith("=") && line.matches(".*[0-9a-f]{10}.*"))
                .flatMap(line -> Stream.of(line.replaceFirst("^[<>] ", "").split(" ")))
                .iterator();
        while (frames.hasNext()) {
            bus.add(new Captures.Exchange(frames.next(), frames.next()));
        }
        Profile profile = Profiles.find(id).orElseThrow();
        ModbusDevice device = new ModbusDevice(profile, bus, profile.unit(), () -> Instant.EPOCH);
        ReadResult result = device.read();
        assertThat(result).as("%s", result).isInstanceOf(ReadResult.Ok.class);
        List<String> expected = new ArrayList<>(lines(file));
        expected.addAll(lines(file.replace(".txt", ".expected")));
        expected.removeIf(line -> !line.startsWith("= "));
        assertThat(expected).isNotEmpty();
        SoftAssertions all = new SoftAssertions();
        expected.forEach(line -> check(all, (ReadResult.Ok) result, line.substring(2)));
        all.assertAll();
    }

    private static void check(SoftAssertions all, ReadResult.Ok found, String line) {
        int blank = line.indexOf(' ');
        String name = line.substring(0, blank);
        String expected = line.substring(blank + 1);
        Detail detail = Told.by(found, name);
        if (expected.equals("absent")) {
            all.assertThat(detail.value()).as(name).isEqualTo(Value.ABSENT);
            all.assertThat(detail.text()).as(name).isEmpty();
        } else if (!detail.text().isEmpty()) {
            all.assertThat(detail.text()).as(name).isEqualTo(expected);
        } else {
            boolean suspect = expected.endsWith(" suspect");
            double number = Double.parseDouble(expected.replace(" suspect", ""));
            all.assertThat(detail.value().quality()).as(name).isEqualTo(suspect ? Quality.SUSPECT : Quality.GOOD);
            all.assertThat(detail.value().number()).as(name).isCloseTo(number, within(2e-6));
        }
    }

    private static List<String> lines(String file) {
        try (InputStream in = Captures.class.getResourceAsStream("captures/" + file)) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package sunpeer.drivers.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileLoaderTest {
    @Test
    void everyShippedProfileLoads() {
        assertThat(Profiles.ids())
                .isSorted()
                .contains("epever", "srne", "victron")
                .allSatisfy(id -> {
                    Profile profile = Profiles.find(id).orElseThrow();
                    assertThat(profile.id()).isEqualTo(id);
                    assertThat(profile.points()).extracting(Point::name).contains("battery_v");
                });
    }

    /** Each row changes one thing in epever.toml and names the key that the error must point to. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gap_ms = 10                    | gap_ms = 10\\nspeed = 9600       | speed: unknown key
                    word_order = "lo_hi"           | word_order = "middle"            | word_order:
                    baud = 115200                  | baud = "fast"                    | baud: is not a whole number
                    wires = ["serial"]             | wires = ["carrier pigeon"]       | wires:
                    [point.battery_v]              | [point.battery_volts]            | point.battery_volts: unknown point
                    address = 0x3104               | address = 0x4104                 | point.battery_v.address: 0x4104 lies in no block of function 4
                    address = 0x331B               | address = 0x331E                 | point.battery_a.address: 0x331E to 0x331F is torn by the edge of block[3]
                    type = "s32"                   | type = "f80"                     | point.battery_a.type:
                    range = [5, 75]                | range = [75, 5]                  | point.battery_v.range:
                    sources = ["V11", "V25", "KAS"]| sources = ["a friend"]           | point.battery_v.sources:
                    2 = "BULK"                     | 2 = "BOOST"                      | point.stage.stages.2:
                    scale = 10                     | scale = 0                        | point.pv_energy_total.scale:
                    """)
    void aMistakeIsNamedByFileLineAndKey(String right, String wrong, String message) throws IOException {
        String toml = source();
        assertThat(toml).contains(right);
        String broken = toml.replace(right, wrong.replace("\\n", "\n"));
        assertThatThrownBy(() -> ProfileLoader.parse("epever.toml", broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)epever\\.toml:[0-9]+: .*")
                .hasMessageContaining(message);
    }

    @Test
    void theLineIsTheOneOfTheKey() throws IOException {
        String broken = source().replace("range = [5, 75]", "range = [75, 5]");
        int line = (int) broken.substring(0, broken.indexOf("range = [75, 5]"))
                        .lines()
                        .count()
                + 1;
        assertThatThrownBy(() -> ProfileLoader.parse("epever.toml", broken))
                .hasMessageStartingWith("epever.toml:" + line + ": ");
    }

    @Test
    void requiredPointsAreRequired() throws IOException {
        String toml = source();
        int from = toml.indexOf("[point.battery_v]");
        String broken = toml.substring(0, from) + toml.substring(toml.indexOf("[point.charge_a]"));
        assertThatThrownBy(() -> ProfileLoader.parse("epever.toml", broken))
                .hasMessageContaining("battery_v is missing");
    }

    private static String source() throws IOException {
        try (InputStream in = Profiles.class.getResourceAsStream("epever.toml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package sunpeer.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an owner reads, word for word. */
class BadLinesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    record Case(String good, String bad, String errors) {
        @Override
        public String toString() {
            return bad.isEmpty() ? "without " + good : bad;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(BadLinesTest.class.getResourceAsStream("bad-lines.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // Signs that cannot be seen are written out in the table of inputs.
            String plain = text.replace("\\u00a0", "\u00a0").replace("\\u200b", "\u200b");
            return Stream.of(plain.split("\n\n"))
                    .filter(block -> block.startsWith("@ "))
                    .map(BadLinesTest::parse)
                    .toList()
                    .stream();
        }
    }

    private static Case parse(String block) {
        List<String> lines = block.lines().toList();
        return new Case(
                lines.get(0).substring(2).replace("~", "\n"),
                lines.get(1).substring(2).replace("~", "\n"),
                lines.stream().skip(2).collect(Collectors.joining("\n")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrongWhereAndWhatToWriteInstead(Case one) {
        assertThat(Example.text()).contains(one.good());
        String spoilt = Example.text().replace(one.good(), one.bad());

        assertThat(Example.texts(Example.read(directory, spoilt))).isEqualTo(one.errors());
    }

    @Test
    void reportsEverythingAtOnceInTheOrderOfTheLines() {
        String text = """
                [node]
                name = “roof 1”
                latitude = 52,5
                [Controler]
                profile = "morningstar"
                port = "COM3"
                [panel]
                wats = "100"
                [battery
                chemistry = lfp
                voltage = 12.8
                capacity_ah = 20Ah
                [broker]
                url = "mqtt://me:hunter2@host"
                [battery]
                reserve = 20
                """;

        String errors = Example.texts(Example.read(directory, text));

        assertThat(errors.lines().map(line -> line.replaceFirst(", for example: .*", "")))
                .containsExactly(
                        "sunpeer.toml:1: node.longitude is missing: give a number of degrees from -180 to 180",
                        "sunpeer.toml:2: node.name has a curly quote (“) in column 8: use straight quotes (\")",
                        "sunpeer.toml:2: node.name is \"roof 1\": give 1 to 32 letters without accents, digits, - or _",
                        "sunpeer.toml:3: node.latitude is 52,5: write the decimal sign as a point, not a comma",
                        "sunpeer.toml:4: [Controler] is not known: perhaps you mean [controller]",
                        "sunpeer.toml:5: controller.profile is \"morningstar\": give \"epever\", \"srne\" or \"victron\"",
                        "sunpeer.toml:6: controller.port is \"COM3\": give the adapter's device, which begins with /dev/",
                        "sunpeer.toml:8: panel.wats is not known: perhaps you mean watts",
                        "sunpeer.toml:8: panel.watts is \"100\": give a number of watts without quotes",
                        "sunpeer.toml:9: [battery] is not written as the head of a table:"
                                + " give one pair of brackets and no more",
                        "sunpeer.toml:10: battery.chemistry is lfp: put it in quotes",
                        "sunpeer.toml:12: battery.capacity_ah is 20Ah: give a number of ampere-hours from 0.5 to 10000",
                        "sunpeer.toml:14: broker.url has a user or password in it: give them by user and password_file,"
                                + " because this file is shown, mailed and backed up",
                        "sunpeer.toml:15: [battery] is opened twice, first in line 9: put its keys together under one",
                        "sunpeer.toml:16: battery.reserve is 20: give a number from 0.05 to 0.9");
        assertThat(errors).doesNotContain("hunter2");
    }

    @Test
    void anEmptyFileNamesTheTablesThatItNeeds() {
        assertThat(Example.texts(Example.read(directory, "# nothing yet\n"))).isEqualTo("""
                        sunpeer.toml:1: [node] is missing: add this table and below it name, latitude and longitude, for example: [node]
                        sunpeer.toml:1: [controller] is missing: add this table and below it profile, for example: [controller]
                        sunpeer.toml:1: [panel] is missing: add this table and below it watts, for example: [panel]
                        sunpeer.toml:1: [battery] is missing: add this table and below it chemistry, voltage and capacity_ah, for example: [battery]
                        sunpeer.toml:1: [broker] is missing: add this table and below it url, for example: [broker]""");
    }
}

package sunpeer.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an editor, a phone or a cat on the keyboard makes of the example: an answer, never an exception. */
class MutationTest {
    private static final int FILES = 4000;
    private static final String[] SCRAPS = {
        "“",
        "\u00a0",
        "\"",
        "'''",
        "\"\"\"",
        "[",
        "]",
        "[[",
        "{",
        "}",
        "=",
        ":",
        ",",
        ".",
        "#",
        "\\",
        "\n",
        "\r",
        "\t",
        "\0",
        "nan",
        "inf",
        "-",
        "99999999999999999999",
        "1e308",
        "true",
        "2026-13-01T00:00:00Z",
        "0x",
        "é",
        "\ud83c\udf1e",
        "%s",
        "mqtt://a:b@c",
        "\\u0000"
    };

    private static final Set<String> SHUNT_KEYS =
            Set.of("shunt", "shunt_milliohm", "positive", "i2c_address", "channel", "i2c_bus");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void everyMutantIsReadOrExplained() {
        int usable = 0;
        int errors = 0;
        for (int seed = 0; seed < FILES; seed++) {
            byte[] mutant = mutant(new SplittableRandom(seed));
            ConfigResult<NodeConfig> result;
            try {
                result = ConfigReader.node(SourceText.of(mutant), directory, Example.DEFAULTS);
            } catch (RuntimeException | StackOverflowError escaped) {
                throw new AssertionError("seed " + seed, escaped);
            }
            if (result instanceof ConfigResult.Failed<NodeConfig> failed) {
                long lines = new String(mutant, StandardCharsets.UTF_8).lines().count() + 1;
                for (ConfigError error : failed.errors()) {
                    assertSpeaks(error, lines, seed);
                }
                errors += failed.errors().size();
            } else {
                usable++;
            }
        }
        // Otherwise the mutants are too tame or too wild to say anything.
        assertThat(usable).isBetween(FILES / 20, FILES / 2);
        assertThat(errors).isGreaterThan(FILES);
    }

    private static void assertSpeaks(ConfigError error, long lines, int seed) {
        String text = error.text("sunpeer.toml");
        assertThat(error.line()).as("seed %d: %s", seed, text).isBetween(1, (int) lines);
        assertThat(error.example()).as("seed %d: %s", seed, text).isNotBlank();
        assertThat(error.reason()).as("seed %d: %s", seed, text).isNotBlank();
        assertThat(text)
                .as("seed %d", seed)
                .hasLineCount(1)
                .doesNotContain("Exception", "tomlj", "null", "Unexpected", Syntax.AGAIN);
    }

    private static byte[] mutant(SplittableRandom random) {
        String text = Example.text();
        // Comments are most of the example, and what is in them says nothing.
        List<String> lines = new ArrayList<>(text.replaceAll("(?m)^# (\\[?[a-z0-9_]+(]| = .*))$", "$1")
                .replaceAll("(?m)^#.*\n|^\n", "")
                .lines()
                .toList());
        // Leaves one of each group of keys that exclude each other.
        lines.removeIf(line -> line.startsWith("tcp") || line.startsWith("rtu_tcp") || line.startsWith("kind"));
        lines.removeIf(line -> SHUNT_KEYS.contains(line.replaceFirst(" .*", "")));
        for (int i = random.nextInt(4); i >= 0; i--) {
            mutateLine(lines, random);
        }
        byte[] bytes =
                String.join(random.nextInt(5) == 0 ? "\r\n" : "\n", lines).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static void mutateLine(List<String> lines, SplittableRandom random) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int column = random.nextInt(line.length() + 1);
        String scrap = SCRAPS[random.nextInt(SCRAPS.length)];
        switch (random.nextInt(9)) {
            case 0 -> lines.set(at, line.substring(0, column));
            case 1 -> lines.set(at, line.substring(0, column) + scrap + line.substring(column));
            case 2 ->
                lines.set(at, line.substring(0, column) + scrap + line.substring(Math.min(line.length(), column + 1)));
            case 3 -> lines.add(random.nextInt(lines.size()), line);
            case 4 -> lines.remove(at);
            case 5 -> Collections.swap(lines, at, random.nextInt(lines.size()));
            case 6 -> lines.set(at, line.replaceFirst("= .*", Matcher.quoteReplacement("= " + scrap)));
            case 7 -> lines.set(at, line.replaceFirst("[0-9.]+$", "" + random.nextDouble(-200, 1000)));
            default -> lines.set(at, line.replaceFirst("= .*", Matcher.quoteReplacement("= \"" + scrap + "\"")));
        }
    }
}

package sunpeer.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not quite, or not at all, a configuration. */
class SourceTextTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void windowsMayAddItsMarkAndItsLineEnds() {
        String windows = "\ufeff" + Example.text().replace("\n", "\r\n");

        assertThat(Example.good(Example.read(directory, windows)))
                .isEqualTo(Example.good(Example.read(directory, Example.text())));
        long line = Example.text()
                        .lines()
                        .takeWhile(text -> !text.startsWith("capacity_ah"))
                        .count()
                + 1;
        assertThat(Example.texts(Example.read(directory, windows.replace("capacity_ah = 20", "capacity_ah = 20Ah"))))
                .startsWith("sunpeer.toml:" + line + ": battery.capacity_ah is 20Ah: ");
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        assertThat(error(directory.resolve("none.toml")))
                .isEqualTo("sunpeer.toml:1: the file does not exist: copy the example that comes with Sunpeer to it,"
                        + " for example: sunpeer-example.toml");
        assertThat(error(directory)).startsWith("sunpeer.toml:1: the file is a directory: ");
        assertThat(error(new byte[SourceText.MAX_BYTES + 1]))
                .startsWith("sunpeer.toml:1: the file is larger than 64 kB: ");
        assertThat(error(Example.text().getBytes(StandardCharsets.UTF_16)))
                .startsWith("sunpeer.toml:1: the file is saved as UTF-16 ");
        assertThat(error("[node]\nname = \"Dächli\"\n".getBytes(StandardCharsets.ISO_8859_1)))
                .startsWith("sunpeer.toml:2: the line has a character that is not UTF-8");
        assertThat(error("[node]\nname = { \"\", ]\n[panel]\nwatts = 5\n".getBytes(StandardCharsets.UTF_8)))
                .startsWith("sunpeer.toml:3: cannot be read: a bracket or brace in or above this line is not closed");
        assertThat(error("<!DOCTYPE html>\n<p>".getBytes(StandardCharsets.UTF_8)))
                .startsWith("sunpeer.toml:1: the file is a web page: ");
        assertThat(error("PK\u0003\u0004".getBytes(StandardCharsets.UTF_8)))
                .startsWith("sunpeer.toml:1: the file is a document of a word processor: ");
    }

    private String error(byte[] content) {
        return error(Example.write(directory, content));
    }

    private static String error(Path file) {
        return Example.texts(ConfigReader.node(file, Example.DEFAULTS));
    }
}

package sunpeer.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TomlTextTest {
    @Test
    void aTextThatTheParserStumblesOverIsRefusedByItsLine() {
        String text = "id = \"x\"\n[node]\nname = { \"\", ]\n[panel]\nwatts = 5\n";
        assertThat(TomlText.parse(text))
                .isInstanceOfSatisfying(
                        TomlText.Parsed.Unreadable.class,
                        found -> assertThat(found.line()).isBetween(3, 5));
    }

    @Test
    void otherTextsAreTheParsers() {
        assertThat(TomlText.parse("a = 1")).isInstanceOf(TomlText.Parsed.Read.class);
        assertThat(TomlText.parse("a = ")).isInstanceOf(TomlText.Parsed.Read.class);
        assertThat(TomlText.parse("")).isInstanceOf(TomlText.Parsed.Read.class);
    }
}

package sunpeer.appliance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sunpeer.appliance.node.NodeView;

class NodePageTest {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\"[^\"]*\"|[^\"<>])*)>");
    private static final List<String> VOID = List.of("meta", "link", "rect", "line", "path", "circle", "img", "br");

    static Stream<Arguments> states() {
        return SampleViews.all().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static String page(NodeView view) {
        return NodePage.of(view, SampleViews.ZONE);
    }

    /** Each page is also left in {@code target/pages}, to be looked at. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void everyStateIsOneSmallClosedPage(String name, NodeView view) throws IOException {
        String page = page(view);
        Files.writeString(Files.createDirectories(Path.of("target", "pages")).resolve(name + ".html"), page);

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(60 * 1024);
        String body = page.replaceAll("(?s)<(style|script)>.*?</\\1>", "").replace("http://www.w3.org/2000/svg", "");
        assertThat(unbalanced(body)).isEmpty();
        assertThat(body).doesNotContain("null", "NaN", "Optional", "Infinity", "{}", "style=\"", "http://", "https://");
    }

    /** The tag that breaks the nesting, or nothing. */
    private static String unbalanced(String body) {
        ArrayDeque<String> open = new ArrayDeque<>();
        Matcher tags = TAG.matcher(body);
        while (tags.find()) {
            String tag = tags.group(2);
            if (tags.group(1).isEmpty()) {
                if (!VOID.contains(tag)) {
                    open.push(tag);
                }
            } else if (open.isEmpty() || !open.pop().equals(tag)) {
                return tags.group() + " at " + tags.start();
            }
        }
        return String.join(" ", open);
    }

    @Test
    void idsAreUnique() {
        Matcher ids = Pattern.compile(" id=\"([^\"]*)\"").matcher(page(SampleViews.waiting()));
        assertThat(ids.results().map(found -> found.group(1)).toList())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(10);
    }

    @Test
    void hostileTextStaysText() {
        for (NodeView view : List.of(SampleViews.oddValues(), SampleViews.crowded())) {
            String page = page(view);
            assertThat(page).doesNotContain("<script>alert", "<img", "<b>", "\u202e", "\u0007");
            assertThat(page).contains("&lt;script&gt;alert(&#39;x&#39;)");
            assertThat(page.split("<script>", -1)).hasSize(2);
        }
    }

    @Test
    void saysTheReasonInItsVeryWords() {
        NodeView view = SampleViews.waiting();
        assertThat(page(view).replace('\u00a0', ' '))
                .contains("<p class=\"why\">" + view.reason().text() + "</p>");
        assertThat(NodeText.of(view, SampleViews.ZONE))
                .contains("Waiting for sun: " + view.reason().text());
    }

    @Test
    void firstScreenHoldsWhatCounts() {
        String page = page(SampleViews.waiting());
        assertThat(page)
                .contains("41<small> % ± 3</small>", "12.83 V", "discharging 0.3 A", "0<small> W</small>")
                .contains("31.483</p>", "+0.171 in epoch 1233", "verified here", "1 more job waits");
    }

    @Test
    void poorStatesAreSaidAndNeverShownAsZero() {
        assertThat(page(SampleViews.brandNew()))
                .contains(
                        "There has been no reading yet",
                        "tone-plain",
                        "No ledger yet",
                        "Offline",
                        "<p class=\"figure\">–</p>")
                .doesNotContain("0.00 V", "The charge controller does not answer");
        assertThat(page(SampleViews.silent()))
                .contains(
                        "tone-bad",
                        "Controller silent",
                        "check the RJ45 plug",
                        "as it was 47 min ago",
                        "The last reading is from 21:05");
        assertThat(page(SampleViews.offline()))
                .contains("the broker gateway.local:8883 cannot be reached", "18 entries wait to be sent");
        assertThat(page(SampleViews.alarm()))
                .contains(
                        "role=\"alert\"",
                        "The ledger is not trusted",
                        "signed two different ledgers",
                        "not trusted</span>")
                .doesNotContain("verified here", "verified by this node");
        assertThat(page(SampleViews.oddValues()))
                .contains(
                        "The charge controller does not answer",
                        "31.90 V (suspect)",
                        "suspect, not used",
                        "current not measured");
    }

    @Test
    void chartBreaksAtHolesAndTellsTheTimeOfTheNode() {
        Matcher line = Pattern.compile("class=\"soc\" d=\"([^\"]*)\"").matcher(page(SampleViews.waiting()));
        assertThat(line.find()).isTrue();
        assertThat(line.group(1).chars().filter(sign -> sign == 'M').count()).isEqualTo(2);
        assertThat(page(SampleViews.waiting())).contains("18:00</text>", "Battery between", "75 W</text>");
        assertThat(NodePage.of(SampleViews.waiting(), ZoneOffset.UTC)).contains("14 May 2026, 19:52:07");
        assertThat(page(SampleViews.waiting())).contains("14 May 2026, 21:52:07");
    }

    @Test
    void textIsShortAndSafeForATerminal() {
        for (Map.Entry<String, NodeView> state : SampleViews.all().entrySet()) {
            String text = NodeText.of(state.getValue(), SampleViews.ZONE);
            assertThat(text.lines()).as(state.getKey()).hasSizeLessThanOrEqualTo(16);
            assertThat(text.chars().filter(sign -> sign != '\n' && Character.isISOControl(sign)))
                    .isEmpty();
        }
    }

    @Test
    void templatesCountTheirParts() {
        assertThat(Html.of("<p>{}</p>", "a < b").markup()).isEqualTo("<p>a &lt; b</p>");
        assertThat(Html.of("{}{}", "{}", new Html("<br>")).markup()).isEqualTo("{}<br>");
        assertThatThrownBy(() -> Html.of("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Arrays.asList(Words.clean("a\u001b[31m\u202eb", 9), Words.clean("abcdef", 3)))
                .containsExactly("a [31mb", "abc…");
    }
}

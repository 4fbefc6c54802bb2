package sunpeer.appliance.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of {@code [sleep]}. Immutable. */
final class SleepKeys {
    private static final Pattern CLOCK = Pattern.compile("rtc[0-9]{1,2}");

    final Key<NodeConfig.Sleep.Mode> mode = new Key<>(
            "sleep",
            "mode",
            Form.word(List.of(
                    Map.entry("auto", NodeConfig.Sleep.Mode.AUTO),
                    Map.entry("never", NodeConfig.Sleep.Mode.NEVER),
                    Map.entry("suspend", NodeConfig.Sleep.Mode.SUSPEND),
                    Map.entry("halt", NodeConfig.Sleep.Mode.HALT))),
            Key.value("auto"),
            "how the board sleeps when the battery does not last; never keeps all awake, as on mains",
            "\"auto\"");
    final Key<Double> asleepW = new Key<>(
            "sleep",
            "asleep_w",
            Form.number("watts", 0, 50),
            Key.value(0.25),
            "measured at the board's input while it sleeps",
            "0.25");
    final Key<String> rtc = new Key<>(
            "sleep",
            "rtc",
            Form.text(
                    "the clock's name under /sys/class/rtc",
                    text -> CLOCK.matcher(text).matches() ? Optional.of(text) : Optional.empty()),
            Key.value("rtc0"),
            "the clock whose alarm wakes it",
            "\"rtc0\"");
    final Table table = new Table(
            "sleep", "what the board does when the battery does not last", false, List.of(mode, asleepW, rtc));

    NodeConfig.Sleep build(Settings settings) {
        return new NodeConfig.Sleep(settings.must(mode), settings.must(asleepW), settings.must(rtc));
    }
}

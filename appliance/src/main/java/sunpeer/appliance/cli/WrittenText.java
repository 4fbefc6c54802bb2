package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import org.tinylog.Logger;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.control.Written;

/** What became of an order to a device: one line to the terminal, and one to the log for each real write. */
final class WrittenText {
    private WrittenText() {}

    /** Returns the exit code. */
    static int show(Console console, String what, Written written) {
        return switch (written) {
            case Written.Done(String before, String after) -> {
                Logger.info("{} written: before {}; after {}", what, before, after);
                yield told(console, what, "done", "before: " + before + "\n" + what + " after:  " + after);
            }
            case Written.Needless(String state) -> told(console, what, "unchanged", state);
            case Written.WouldDo(String before) ->
                told(console, what, "would_write", "all conditions hold; nothing was written. It is: " + before);
            case Written.Refused(String reason) -> {
                console.failed(what + " refused: " + reason);
                yield Exit.FAILED;
            }
            case Written.Failed(String reason) -> {
                Logger.warn("{} not written: {}", what, reason);
                console.failed(what + " failed: " + reason);
                yield Exit.FAILED;
            }
        };
    }

    private static int told(Console console, String what, String outcome, String text) {
        console.out()
                .println(
                        console.json()
                                ? JsonWriter.string()
                                        .object()
                                        .value("ok", true)
                                        .value("outcome", outcome)
                                        .value("text", text)
                                        .end()
                                        .done()
                                : what + " " + text);
        console.out().flush();
        return Exit.OK;
    }
}

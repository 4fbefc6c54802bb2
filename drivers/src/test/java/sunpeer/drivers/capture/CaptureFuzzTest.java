package sunpeer.drivers.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bytes as a file: a capture that says the same when it is written again, or a complaint of one line with its place. */
class CaptureFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void file(byte[] bytes) {
        switch (CaptureFile.parse("fuzz", new String(bytes, StandardCharsets.ISO_8859_1))) {
            case CaptureResult.Ok(Capture capture) -> checkWrittenAgain(capture);
            case CaptureResult.Malformed(String reason) -> {
                if (!reason.startsWith("fuzz") || reason.contains("\n") || reason.length() > 1000) {
                    throw new IllegalStateException("a complaint that does not help: " + reason);
                }
            }
        }
    }

    private static void checkWrittenAgain(Capture capture) {
        List<Exchange> exchanges = new ArrayList<>();
        for (Capture.Poll poll : capture.polls()) {
            poll.frames().forEach(Capture.Frame::bytes);
            exchanges.addAll(Exchange.of(poll.frames()));
        }
        exchanges.forEach(exchange -> {
            exchange.questionBytes();
            exchange.answerBytes();
            Asked.of(Asked.asRtu(exchange.questionBytes()));
        });
        StringBuilder text = new StringBuilder(CaptureText.FIRST_LINE + "\n");
        capture.polls().forEach(poll -> write(poll, text));
        if (!(CaptureFile.parse("fuzz", text.toString()) instanceof CaptureResult.Ok(Capture again))
                || !frames(again).equals(frames(capture))) {
            throw new IllegalStateException("written again it is another capture:\n" + text);
        }
    }

    private static void write(Capture.Poll poll, StringBuilder text) {
        poll.at().ifPresent(at -> text.append("@ ").append(at).append('\n'));
        for (Capture.Frame frame : poll.frames()) {
            text.append(frame.sent() ? "> " : "< ");
            text.append(frame.atMillis() < 0 ? "" : "+" + frame.atMillis() + " ");
            text.append(frame.hex()).append('\n');
        }
    }

    private static List<String> frames(Capture capture) {
        return capture.polls().stream()
                .flatMap(poll -> poll.frames().stream())
                .map(frame -> (frame.sent() ? ">" : "<") + frame.hex())
                .toList();
    }
}

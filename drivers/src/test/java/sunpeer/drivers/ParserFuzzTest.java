package sunpeer.drivers;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuFrame;
import sunpeer.drivers.vedirect.VeDirectDecoder;
import sunpeer.drivers.vedirect.VeDirectEvent;

/**
 * Parsers of what comes over a wire, under a coverage-guided search for inputs that break them. Not part of the normal
 * build; run it with {@code ./mvnw verify -pl drivers -Pfuzz -Dtest=ParserFuzzTest#veDirect} (or {@code #rtuAnswer}).
 */
class ParserFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void rtuAnswer(byte[] bytes) {
        Request request = new Request.Registers(1, 4, 0x3100, 2);
        RtuFrame.Parsed parsed = RtuFrame.parse(bytes, bytes.length, request);
        if (parsed instanceof RtuFrame.Parsed.Whole(Answer.Registers(var words), int _) && words.size() != 2) {
            throw new IllegalStateException("an answer of the wrong size passed");
        }
    }

    @FuzzTest(maxDuration = "5m")
    void veDirect(byte[] bytes) {
        List<VeDirectEvent> whole = VeDirectDecoder.midStream().push(bytes, bytes.length);
        VeDirectDecoder split = VeDirectDecoder.midStream();
        int half = bytes.length / 2;
        int events = split.push(bytes, half).size()
                + split.push(Arrays.copyOfRange(bytes, half, bytes.length), bytes.length - half)
                        .size();
        if (events != whole.size()) {
            throw new IllegalStateException("where the bytes are cut must not matter");
        }
    }
}

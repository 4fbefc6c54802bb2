package sunpeer.drivers.transport;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Three bytes choose a request of any kind, the rest is what comes back; also as a frame with its checksum mended. */
class RtuAnswerFuzzTest {
    private static final int CHOICE = 3;

    @FuzzTest(maxDuration = "5m")
    void answer(byte[] bytes) {
        if (bytes.length <= CHOICE) {
            return;
        }
        Request request = request(bytes[0] & 0xFF, bytes[1] & 0xFF, bytes[2] & 0xFF);
        byte[] received = Arrays.copyOfRange(bytes, CHOICE, Math.min(bytes.length, CHOICE + RtuFrame.RECEIVED_MAX));
        check(received, request);
        int[] body = new int[Math.min(received.length, 254)];
        Arrays.setAll(body, i -> received[i]);
        body[0] = request.unit();
        check(RtuFrame.withCrc(body), request);
    }

    private static Request request(int kind, int address, int count) {
        return switch (kind % 6) {
            case 0, 1 ->
                new Request.Registers(1 + kind / 6, 3 + kind % 2, address, 1 + count % Request.Registers.COUNT_MAX);
            case 2, 3 -> new Request.Bits(1, kind % 6 - 1, address, 1 + count * 7);
            case 4 -> new Request.Identity(1 + address % 255);
            default -> new Request.Write(1, AllowedWrite.EPEVER_CLOCK, List.of(1, 2, 3));
        };
    }

    private static void check(byte[] received, Request request) {
        RtuFrame.Parsed all = RtuFrame.parse(received, received.length, request);
        if (all instanceof RtuFrame.Parsed.Whole(Answer answer, int end)) {
            require(end >= 5 && end <= received.length, "the answer ends outside of what came");
            require(RtuFrame.parse(received, end, request).equals(all), "later bytes change the answer");
            require(asAsked(answer, request), answer + " for " + request);
        }
    }

    /** Never more, and nothing else, than was asked for. */
    private static boolean asAsked(Answer answer, Request request) {
        return switch (answer) {
            case Answer.Registers(Words words) ->
                request instanceof Request.Registers asked
                        && words.start() == asked.address()
                        && words.size() == asked.count();
            case Answer.Bits(List<Boolean> bits) ->
                request instanceof Request.Bits asked && bits.size() == asked.count();
            case Answer.Identity(Map<Integer, String> objects) ->
                request instanceof Request.Identity && objects.size() <= 255;
            case Answer.Written() -> request instanceof Request.Write;
            case Answer.Refused(int code) -> code >= 0 && code <= 255;
            case Answer.Failed _ -> false;
        };
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}

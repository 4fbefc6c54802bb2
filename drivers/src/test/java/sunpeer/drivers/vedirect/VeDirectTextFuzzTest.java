package sunpeer.drivers.vedirect;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Profiles;
import sunpeer.drivers.profile.TextJudgement;

/** The first byte says where the stream is cut; a good block behind it must come out, whatever came before. */
class VeDirectTextFuzzTest {
    private static final byte[] GOOD = "\r\nV\t12000\r\nI\t5\r\nChecksum\t".getBytes(StandardCharsets.US_ASCII);
    private static final int FIELDS_MAX = 32;

    @FuzzTest(maxDuration = "5m")
    void stream(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(bytes, 1, bytes.length);
        List<VeDirectEvent> whole = VeDirectDecoder.midStream().push(stream, stream.length);
        VeDirectDecoder decoder = VeDirectDecoder.midStream();
        require(
                inPieces(decoder, stream, 1 + (bytes[0] & 0x7F)).equals(whole),
                "where the bytes are cut must not matter");
        MergedFields merged = new MergedFields();
        BlockCycle cycle = new BlockCycle();
        whole.forEach(event -> take(event, merged, cycle));
        judge(merged);
        byte[] good = withChecksum();
        List<VeDirectEvent> after = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            after.addAll(decoder.push(good, good.length));
        }
        require(after.getLast() instanceof VeDirectEvent.Block, "it does not find back into step");
    }

    private static List<VeDirectEvent> inPieces(VeDirectDecoder decoder, byte[] stream, int size) {
        List<VeDirectEvent> events = new ArrayList<>();
        for (int from = 0; from < stream.length; from += size) {
            byte[] piece = Arrays.copyOfRange(stream, from, Math.min(from + size, stream.length));
            events.addAll(decoder.push(piece, piece.length));
        }
        return events;
    }

    private static void take(VeDirectEvent event, MergedFields merged, BlockCycle cycle) {
        switch (event) {
            case VeDirectEvent.Block(Map<String, String> fields) -> {
                require(!fields.isEmpty() && fields.size() <= FIELDS_MAX, fields.size() + " fields");
                fields.forEach((label, text) -> require(label.length() <= 9 && text.length() <= 33, "a long field"));
                merged.take(fields, 0);
                cycle.heard(fields.keySet());
            }
            case VeDirectEvent.HexFrame(String text) -> {
                if (HexMessage.parse(text) instanceof HexMessage.Register register) {
                    merged.take(register, 0);
                }
            }
            case VeDirectEvent.Malformed _ -> {}
        }
    }

    /** Whatever labels and texts: it is a reading or a fault. */
    private static void judge(MergedFields merged) {
        for (String id : List.of("victron", "victron-monitor")) {
            Profile profile = Profiles.find(id).orElseThrow();
            TextJudgement.reading(Instant.EPOCH, "fuzz", profile, merged.fields(0), Set.of());
        }
    }

    private static byte[] withChecksum() {
        byte[] block = Arrays.copyOf(GOOD, GOOD.length + 1);
        int sum = 0;
        for (byte octet : GOOD) {
            sum += octet;
        }
        block[GOOD.length] = (byte) -sum;
        return block;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}

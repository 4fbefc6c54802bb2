package sunpeer.drivers.vedirect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes in, blocks out. Never throws, holds a bounded amount, and finds back into step after any rubbish. Confined to the
 * thread that reads the line.
 *
 * <p>A block is CR LF label TAB value, repeated, up to the label {@code Checksum} and one byte that makes the sum of all
 * bytes zero. HEX frames ({@code :} to LF) may come anywhere and do not count in the sum; the checksum byte itself may be
 * a {@code :}.
 */
public final class VeDirectDecoder {
    /** The protocol says 22, 18 in older texts; firmware adds labels. */
    private static final int FIELDS_MAX = 32;

    private static final int LABEL_MAX = 9;
    private static final int VALUE_MAX = 33;
    /** Some firmware loses the end of a HEX frame; without a bound the rest of the day would be one frame. */
    static final int HEX_MAX = 256;
    /** Seen instead of LF at the end of a HEX frame (hoylabs/OpenDTU-OnBattery#1585). */
    private static final int HEX_END_DEFECT = 0xFE;

    private enum State {
        BETWEEN,
        LABEL,
        VALUE,
        CHECKSUM,
        HEX
    }

    // for the stream
    private State state = State.BETWEEN;
    private State interrupted = State.BETWEEN;
    private final StringBuilder hex = new StringBuilder();
    private final List<VeDirectEvent> events = new ArrayList<>();

    // for this block
    /** The beginning of this block was not seen, or it is broken: read on to its end and forget it. */
    private boolean skip;

    private int sum;
    private final StringBuilder label = new StringBuilder();
    private final StringBuilder value = new StringBuilder();
    private final Map<String, String> fields = new LinkedHashMap<>();

    private VeDirectDecoder(boolean skip) {
        this.skip = skip;
    }

    /** For a line that is joined at any moment: the first, partial block is thrown away. */
    public static VeDirectDecoder midStream() {
        return new VeDirectDecoder(true);
    }

    /** For bytes that begin with the beginning of a block. */
    public static VeDirectDecoder atBlockStart() {
        return new VeDirectDecoder(false);
    }

    /** Takes the first {@code length} bytes and returns what they completed, oldest first. */
    public List<VeDirectEvent> push(byte[] bytes, int length) {
        events.clear();
        for (int i = 0; i < length; i++) {
            accept(bytes[i] & 0xFF);
        }
        return List.copyOf(events);
    }

    private void accept(int octet) {
        if (state == State.HEX && !acceptHex(octet)) {
            return;
        }
        if (state == State.CHECKSUM) {
            endBlock(octet);
            return;
        }
        if (octet == ':') {
            interrupted = state;
            state = State.HEX;
            hex.setLength(0);
            return;
        }
        if (state == State.BETWEEN && sum == 0 && octet != '\r') {
            return; // rubbish between two blocks: the next one begins with CR
        }
        sum += octet;
        if (octet == '\n') {
            endField();
        } else if (octet != '\r') {
            acceptText(octet);
        }
    }

    /** Returns true when the byte ends the frame by not belonging to it and must be read as text. */
    private boolean acceptHex(int octet) {
        boolean digit = Character.digit(octet, 16) >= 0;
        if (digit && hex.length() < HEX_MAX) {
            hex.append((char) octet);
            return false;
        }
        state = interrupted;
        boolean ended = octet == '\n' || octet == HEX_END_DEFECT || octet == '\r';
        events.add(
                ended
                        ? new VeDirectEvent.HexFrame(hex.toString())
                        : new VeDirectEvent.Malformed("HEX frame without an end"));
        // A CR does not end a frame, it begins the next field after a frame that lost its LF.
        return octet != '\n' && octet != HEX_END_DEFECT;
    }

    private void acceptText(int octet) {
        switch (state) {
            case LABEL -> {
                if (octet == '\t') {
                    state = label.toString().equals("Checksum") ? State.CHECKSUM : State.VALUE;
                } else if (label.length() < LABEL_MAX) {
                    label.append((char) octet);
                } else {
                    broken("label too long");
                }
            }
            case VALUE -> {
                if (value.length() < VALUE_MAX) {
                    value.append((char) octet);
                } else {
                    broken("value too long");
                }
            }
            case BETWEEN, CHECKSUM, HEX -> {} // not a field yet: wait for LF
        }
    }

    private void endField() {
        if (state == State.VALUE && !skip) {
            fields.put(label.toString(), value.toString());
            if (fields.size() > FIELDS_MAX) {
                broken("more than " + FIELDS_MAX + " fields");
            }
        }
        label.setLength(0);
        value.setLength(0);
        state = State.LABEL;
    }

    private void endBlock(int octet) {
        boolean right = ((sum + octet) & 0xFF) == 0;
        if (!skip && right && !fields.isEmpty()) {
            events.add(new VeDirectEvent.Block(Map.copyOf(fields)));
        } else if (!skip) {
            events.add(new VeDirectEvent.Malformed(right ? "block without fields" : "wrong checksum"));
        }
        skip = false;
        sum = 0;
        fields.clear();
        state = State.BETWEEN;
    }

    private void broken(String reason) {
        if (!skip) {
            events.add(new VeDirectEvent.Malformed(reason));
        }
        skip = true;
        fields.clear();
        label.setLength(0);
        value.setLength(0);
        state = State.BETWEEN;
    }
}

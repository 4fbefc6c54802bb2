package sunpeer.drivers.vedirect;

import java.util.Map;

/** What a stretch of VE.Direct bytes turned out to be. */
public sealed interface VeDirectEvent {
    /** A text block with a right checksum; label to value, both as sent. */
    record Block(Map<String, String> fields) implements VeDirectEvent {}

    /** A HEX frame that came in between; its text without colon and line end, for {@link HexMessage#parse}. */
    record HexFrame(String text) implements VeDirectEvent {}

    record Malformed(String reason) implements VeDirectEvent {}
}

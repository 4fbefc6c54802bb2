package sunpeer.drivers.vedirect;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The bytes as the text of a frame, and as the content of a frame whose checksum is right. */
class HexFrameFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void frame(byte[] bytes) {
        check(new String(bytes, StandardCharsets.ISO_8859_1));
        if (bytes.length > 0 && bytes.length < 64) {
            int command = bytes[0] & 0xF;
            int sum = command;
            StringBuilder text = new StringBuilder("%X".formatted(command));
            for (int i = 1; i < bytes.length; i++) {
                sum += bytes[i] & 0xFF;
                text.append("%02X".formatted(bytes[i]));
            }
            check(text.append("%02X".formatted((0x55 - sum) & 0xFF)).toString());
        }
    }

    /** A register that is understood says exactly what was sent. */
    private static void check(String text) {
        if (HexMessage.parse(text) instanceof HexMessage.Register register
                && register.flags().none()) {
            String command = switch (register.occasion()) {
                case GET -> "7";
                case SET -> "8";
                case ASYNCHRONOUS -> "A";
            };
            StringBuilder said = new StringBuilder(command)
                    .append("%02X%02X00".formatted(register.register() & 0xFF, register.register() >> 8));
            for (int i = 0; i < register.length(); i++) {
                said.append("%02X".formatted(register.value() >> (8 * i) & 0xFF));
            }
            String sent = text.substring(0, text.length() - 2).toUpperCase(Locale.ROOT);
            if (!sent.contentEquals(said)) {
                throw new IllegalStateException(text + " was understood as " + said);
            }
        }
    }
}

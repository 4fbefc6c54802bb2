package sunpeer.appliance.cli;

import com.grack.nanojson.JsonWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import sunpeer.drivers.WireTap;

/** Shows the bytes of a wire as they go: direction, milliseconds since the poll began, hexadecimal digits. */
final class WireView implements WireTap {
    private static final int BYTES_A_LINE = 20;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final PrintWriter out;
    private final boolean json;
    private final InstantSource clock;
    private Instant begun;

    WireView(PrintWriter out, boolean json, InstantSource clock) {
        this.out = out;
        this.json = json;
        this.clock = clock;
        this.begun = clock.instant();
    }

    void poll() {
        begun = clock.instant();
    }

    @Override
    public void sent(byte[] bytes) {
        show("sent", '>', bytes);
    }

    @Override
    public void received(byte[] bytes) {
        show("received", '<', bytes);
    }

    @Override
    public void note(String text) {
        if (!json) {
            out.println("       #  " + text);
        }
    }

    private void show(String direction, char sign, byte[] bytes) {
        long millis = Duration.between(begun, clock.instant()).toMillis();
        if (json) {
            out.println(JsonWriter.string()
                    .object()
                    .value("wire", direction)
                    .value("ms", millis)
                    .value("hex", HexFormat.of().formatHex(bytes))
                    .end()
                    .done());
            return;
        }
        for (int at = 0; at < bytes.length; at += BYTES_A_LINE) {
            String line = HEX.formatHex(bytes, at, Math.min(bytes.length, at + BYTES_A_LINE));
            out.println(at == 0 ? "%6d ms %c %s".formatted(millis, sign, line) : " ".repeat(12) + line);
        }
    }
}

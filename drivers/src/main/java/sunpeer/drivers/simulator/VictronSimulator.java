package sunpeer.drivers.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A SmartSolar MPPT that speaks VE.Direct text on a pseudo-terminal by itself, and now and then lets a HEX frame fall
 * into the middle of a block as real ones do.
 *
 * <p>Thread-safe. Owns its line and one thread.
 */
public final class VictronSimulator implements AutoCloseable {
    /** Real controllers interrupt a few blocks in a hundred. */
    private static final int HEX_EVERY = 7;

    /** Charger temperature, asynchronous; from a real MPPT 100|20. */
    private static final String HEX_FRAME = ":ADBED001A0D5C\n";

    private final Supplier<SimulatedValues> values;
    private final WireEnd line;
    private final Duration period;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private VictronSimulator(Supplier<SimulatedValues> values, WireEnd line, Duration period) {
        this.values = values;
        this.line = line;
        this.period = period;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("victron-simulator " + line.path())
                .unstarted(this::speak);
    }

    /** @param period real time between two blocks; a real one takes a second */
    public static VictronSimulator start(Supplier<SimulatedValues> values, WireEnd line, Duration period) {
        VictronSimulator simulator = new VictronSimulator(values, line, period);
        simulator.thread.start();
        return simulator;
    }

    private void speak() {
        try {
            for (int count = 1; !line.isClosed(); count++) {
                byte[] block = block(values.get());
                if (count % HEX_EVERY == 0) {
                    int middle = block.length / 2;
                    byte[] hex = HEX_FRAME.getBytes(StandardCharsets.US_ASCII);
                    ByteArrayOutputStream interrupted = new ByteArrayOutputStream();
                    interrupted.write(block, 0, middle);
                    interrupted.write(hex, 0, hex.length);
                    interrupted.write(block, middle, block.length - middle);
                    block = interrupted.toByteArray();
                }
                line.write(block);
                if (stop.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** One text block with its checksum. */
    static byte[] block(SimulatedValues now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("PID", "0xA053");
        fields.put("FW", "164");
        fields.put("SER#", "HQ2150SUNPR");
        fields.put("V", thousandths(now.batteryV()));
        fields.put("I", thousandths(now.batteryA()));
        fields.put("VPV", thousandths(now.pvV()));
        fields.put("PPV", Long.toString(Math.round(now.pvV() * now.pvA())));
        fields.put("CS", Integer.toString(state(now)));
        fields.put("MPPT", now.pvA() > 0 ? "2" : "0");
        fields.put("ERR", "0");
        fields.put("LOAD", now.loadA() > 0 ? "ON" : "OFF");
        fields.put("IL", thousandths(now.loadA()));
        fields.put("H19", Long.toString(Math.round(now.pvEnergyTotalWh() / 10)));
        StringBuilder text = new StringBuilder();
        fields.forEach(
                (label, value) -> text.append("\r\n").append(label).append('\t').append(value));
        text.append("\r\nChecksum\t");
        byte[] open = text.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] block = new byte[open.length + 1];
        System.arraycopy(open, 0, block, 0, open.length);
        int sum = 0;
        for (byte octet : open) {
            sum += octet;
        }
        block[open.length] = (byte) -sum;
        return block;
    }

    private static String thousandths(double value) {
        return Long.toString(Math.round(value * 1000));
    }

    private static int state(SimulatedValues values) {
        return switch (values.stage()) {
            case UNKNOWN, OFF -> 0;
            case BULK -> 3;
            case ABSORPTION -> 4;
            case FLOAT -> 5;
            case EQUALIZE -> 7;
        };
    }

    @Override
    public void close() {
        stop.countDown();
        line.close();
        Threads.joinAll(List.of(thread));
    }
}

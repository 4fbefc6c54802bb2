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
 * A SmartSolar MPPT or a SmartShunt that speaks VE.Direct text on a pseudo-terminal by itself. The MPPT lets a HEX frame fall
 * into the middle of a block now and then as real ones do; the monitor has two different blocks and sends them in turn.
 *
 * <p>Thread-safe. Owns its line and one thread.
 */
public final class VictronSimulator implements AutoCloseable {
    private enum Model {
        MPPT,
        MONITOR
    }

    /** Real controllers interrupt a few blocks in a hundred. */
    private static final int HEX_EVERY = 7;

    private final Model model;
    private final Supplier<SimulatedValues> values;
    private final WireEnd line;
    private final Duration period;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private VictronSimulator(Model model, Supplier<SimulatedValues> values, WireEnd line, Duration period) {
        this.model = model;
        this.values = values;
        this.line = line;
        this.period = period;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("victron-simulator " + line.path())
                .unstarted(this::speak);
    }

    /**
     * An MPPT.
     *
     * @param period real time between two blocks; a real one takes a second
     */
    public static VictronSimulator start(Supplier<SimulatedValues> values, WireEnd line, Duration period) {
        return started(new VictronSimulator(Model.MPPT, values, line, period));
    }

    /**
     * A battery monitor.
     *
     * @param period real time between two pairs of blocks; a real one takes a second
     */
    public static VictronSimulator startMonitor(Supplier<SimulatedValues> values, WireEnd line, Duration period) {
        return started(new VictronSimulator(Model.MONITOR, values, line, period));
    }

    private static VictronSimulator started(VictronSimulator simulator) {
        simulator.thread.start();
        return simulator;
    }

    private void speak() {
        try {
            for (int count = 1; !line.isClosed(); count++) {
                SimulatedValues now = values.get();
                switch (model) {
                    case MPPT -> {
                        byte[] block = mppt(now);
                        line.write(count % HEX_EVERY == 0 ? interrupted(block, hex(count / HEX_EVERY, now)) : block);
                    }
                    case MONITOR -> {
                        line.write(monitor(now));
                        line.write(monitorHistory(now));
                    }
                }
                if (stop.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] interrupted(byte[] block, byte[] hex) {
        int middle = block.length / 2;
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(block, 0, middle);
        whole.writeBytes(hex);
        whole.write(block, middle, block.length - middle);
        return whole.toByteArray();
    }

    /** One of three registers that an MPPT sends by itself: charger temperature, panel power, charger current. */
    private static byte[] hex(int turn, SimulatedValues now) {
        return switch (turn % 3) {
            case 0 -> hex(0xEDDB, Math.round((now.batteryC() + 8) * 100), 2);
            case 1 -> hex(0xEDBC, Math.round(now.pvV() * now.pvA() * 100), 4);
            default -> hex(0xEDD7, Math.round(now.chargeA() * 10), 2);
        };
    }

    private static byte[] hex(int register, long value, int length) {
        int[] bytes = new int[length + 3];
        bytes[0] = register & 0xFF;
        bytes[1] = register >> 8;
        int checksum = 0x55 - 0xA - bytes[0] - bytes[1];
        StringBuilder text = new StringBuilder(":A");
        for (int i = 0; i < length; i++) {
            bytes[3 + i] = (int) (value >> (8 * i)) & 0xFF;
            checksum -= bytes[3 + i];
        }
        for (int octet : bytes) {
            text.append("%02X".formatted(octet));
        }
        return text.append("%02X\n".formatted(checksum & 0xFF)).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] mppt(SimulatedValues now) {
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
        fields.put("OR", now.pvA() > 0 ? "0x00000000" : "0x00000001");
        fields.put("ERR", "0");
        fields.put("LOAD", now.loadA() > 0 ? "ON" : "OFF");
        fields.put("IL", thousandths(now.loadA()));
        fields.put("H19", Long.toString(Math.round(now.pvEnergyTotalWh() / 10)));
        return block(fields);
    }

    private static byte[] monitor(SimulatedValues now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("PID", "0xA389");
        fields.put("V", thousandths(now.batteryV()));
        fields.put("T", Long.toString(Math.round(now.batteryC())));
        fields.put("I", thousandths(now.batteryA()));
        fields.put("P", Long.toString(Math.round(now.batteryV() * now.batteryA())));
        fields.put("CE", Long.toString(Math.round((now.socPercent() - 100) * 1000)));
        fields.put("SOC", Long.toString(Math.round(now.socPercent() * 10)));
        fields.put("TTG", now.batteryA() < 0 ? "1440" : "-1");
        fields.put("Alarm", "OFF");
        fields.put("AR", "0");
        fields.put("BMV", "SmartShunt 500A/50mV");
        fields.put("FW", "0413");
        fields.put("MON", "0");
        return block(fields);
    }

    private static byte[] monitorHistory(SimulatedValues now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("H1", "-76138");
        fields.put("H4", "3");
        fields.put("H6", "-1876218");
        fields.put("H7", "11171");
        fields.put("H8", "14418");
        fields.put("H17", "2404");
        fields.put("H18", Long.toString(Math.round(now.pvEnergyTotalWh() / 10)));
        return block(fields);
    }

    /** One text block with its checksum. */
    private static byte[] block(Map<String, String> fields) {
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

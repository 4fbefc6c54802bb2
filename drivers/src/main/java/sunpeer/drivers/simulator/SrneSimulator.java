package sunpeer.drivers.simulator;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.procimg.IllegalAddressException;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Supplier;

/**
 * An SRNE-made controller behind a Modbus TCP gateway on 127.0.0.1, for several clients at once.
 *
 * <p>Thread-safe. Registers are made from the supplier at each request; the supplier must be thread-safe.
 */
public final class SrneSimulator implements AutoCloseable {
    private static final int CLIENTS_MAX = 8;
    private static final int TRIES = 5;

    private final ModbusSlave slave;
    private final int port;

    private SrneSimulator(ModbusSlave slave, int port) {
        this.slave = slave;
        this.port = port;
    }

    /**
     * @param port where to listen; 0 takes a free one
     * @throws IOException when nothing can listen there
     */
    public static SrneSimulator start(Supplier<SimulatedValues> values, int unit, int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        IOException last = new IOException("no free port");
        for (int attempt = 0; attempt < (port == 0 ? TRIES : 1); attempt++) {
            int chosen = port == 0 ? freePort(loopback) : port;
            try {
                ModbusSlave slave = ModbusSlaveFactory.createTCPSlave(loopback, chosen, CLIENTS_MAX, false);
                slave.setThreadName("srne-simulator " + chosen);
                slave.addProcessImage(unit, new Image(values));
                slave.open();
                return new SrneSimulator(slave, chosen);
            } catch (ModbusException failure) {
                last = new IOException("cannot listen on port " + chosen + ": " + failure.getMessage(), failure);
            }
        }
        throw last;
    }

    /** j2mod reports the port it was asked for, not the one it got, so 0 cannot be handed to it. */
    private static int freePort(InetAddress address) throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, address)) {
            return probe.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        slave.close();
    }

    /** Holding registers of one unit. */
    private static final class Image extends SimpleProcessImage {
        /** One request must not cross two segments. */
        private static final int[][] SEGMENTS = {{0x000A, 0x001A}, {0x0100, 0x0122}};

        private static final String MODEL = "  ML2420        ";

        private final Supplier<SimulatedValues> values;

        Image(Supplier<SimulatedValues> values) {
            this.values = values;
        }

        @Override
        public Register[] getRegisterRange(int first, int count) throws IllegalAddressException {
            for (int[] segment : SEGMENTS) {
                if (count > 0 && first >= segment[0] && first + count - 1 <= segment[1]) {
                    SimulatedValues now = values.get();
                    Register[] registers = new Register[count];
                    for (int i = 0; i < count; i++) {
                        registers[i] = new SimpleRegister(word(first + i, now) & 0xFFFF);
                    }
                    return registers;
                }
            }
            throw new IllegalAddressException();
        }

        @Override
        public Register getRegister(int address) throws IllegalAddressException {
            return getRegisterRange(address, 1)[0];
        }

        private static int word(int address, SimulatedValues now) {
            long energyWh = Math.round(now.pvEnergyTotalWh());
            return switch (address) {
                case 0x000A -> (12 << 8) | 20;
                case 0x000B -> 20 << 8;
                case 0x000C, 0x000D, 0x000E, 0x000F, 0x0010, 0x0011, 0x0012, 0x0013 -> {
                    int at = 2 * (address - 0x000C);
                    yield (MODEL.charAt(at) << 8) | MODEL.charAt(at + 1);
                }
                case 0x001A -> 1;
                case 0x0100 -> (int) Math.round(now.socPercent());
                case 0x0101, 0x0104, 0x010B, 0x010C -> tenths(now.batteryV());
                case 0x0102 -> hundredths(now.chargeA());
                case 0x0103 -> (signMagnitude(now.batteryC()) << 8) | signMagnitude(now.batteryC());
                case 0x0105 -> hundredths(now.loadA());
                case 0x0106 -> (int) Math.round(now.batteryV() * now.loadA());
                case 0x0107 -> tenths(now.pvV());
                case 0x0108 -> hundredths(now.pvA());
                case 0x0109 -> (int) Math.round(now.pvV() * now.pvA());
                case 0x010A -> now.loadA() > 0 ? 1 : 0;
                case 0x011C -> (int) (energyWh >> 16);
                case 0x011D -> (int) energyWh;
                case 0x0120 -> (now.loadA() > 0 ? 0x8000 : 0) | state(now);
                default -> 0;
            };
        }

        private static int state(SimulatedValues values) {
            return switch (values.stage()) {
                case UNKNOWN, OFF -> 0;
                case BULK -> 2;
                case EQUALIZE -> 3;
                case ABSORPTION -> 4;
                case FLOAT -> 5;
            };
        }

        private static int tenths(double value) {
            return (int) Math.round(value * 10);
        }

        private static int hundredths(double value) {
            return (int) Math.round(value * 100);
        }

        private static int signMagnitude(double celsius) {
            int whole = (int) Math.round(celsius);
            return whole < 0 ? 0x80 | (-whole & 0x7F) : whole & 0x7F;
        }
    }
}

package sunpeer.drivers.transport;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault;

/**
 * A serial port, 8N1, that is opened when needed and again after it was lost. Confined to the thread that owns the wire.
 */
public final class SerialLine implements ByteLine {
    /** jSerialComm rounds its timeouts to this on POSIX. */
    private static final int READ_WAIT_MS = 100;

    private static final int EACCES = 13;

    /** 8N1 with its start bit. */
    private static final long BITS_PER_BYTE = 10;

    // for the process
    private final String path;
    private final int baud;
    private int generation;

    // for this connection
    private @Nullable SerialPort port;
    private String device = "";

    public SerialLine(String path, int baud) {
        this.path = path;
        this.baud = baud;
    }

    @Override
    public String where() {
        return path;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public boolean isOpen() {
        return port != null;
    }

    @Override
    public long byteNanos() {
        return BITS_PER_BYTE * 1_000_000_000 / baud;
    }

    /** The path is resolved anew because an adapter may come back under another device name. */
    @Override
    public Optional<Fault> open() {
        if (port != null) {
            return Optional.empty();
        }
        Optional<Fault> obstacle = PortCheck.check(path);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        SerialPort fresh;
        try {
            fresh = SerialPort.getCommPort(path);
        } catch (SerialPortInvalidPortException _) {
            return Optional.of(Faults.notAPort(path));
        }
        fresh.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
        fresh.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        // Without this the kernel's RS-485 mode is set, and a UART of the board loses its RTS pin.
        fresh.disableRs485ModeControl();
        // Before the open: set later it would sleep 200 ms.
        fresh.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_WAIT_MS, 0);
        if (!fresh.openPort(0)) {
            return Optional.of(openFault(fresh.getLastErrorCode()));
        }
        port = fresh;
        device = PortCheck.device(path);
        generation++;
        return Optional.empty();
    }

    private Fault openFault(int errno) {
        // The number is that of the last call inside the library, not always of the one that failed: ENOENT was seen
        // for a
        // port that is held. So the file system is asked again, and the number decides only about permission.
        return errno == EACCES ? PortCheck.denied(path) : PortCheck.check(path).orElseGet(() -> Faults.busy(path));
    }

    @Override
    public int available() {
        return port == null ? -1 : port.bytesAvailable();
    }

    @Override
    public int read(byte[] buffer, int offset, int max) {
        return port == null ? -1 : port.readBytes(buffer, max, offset);
    }

    @Override
    public boolean write(byte[] bytes) {
        return port != null && port.writeBytes(bytes, bytes.length) == bytes.length;
    }

    /** By the kernel: behind the 4 kB that can be read at once it keeps up to 64 kB more, which come when those are gone. */
    @Override
    public void discardInput() {
        if (port != null) {
            port.flushIOBuffers();
        }
    }

    @Override
    public void close() {
        if (port != null) {
            port.closePort();
            port = null;
        }
    }

    /** An adapter that came back under another number leaves a port that can be read and is dead. */
    @Override
    public void silent(int timesInARow) {
        if (!PortCheck.device(path).equals(device)) {
            close();
        }
    }

    @Override
    public Fault lost() {
        close();
        return PortCheck.check(path).orElseGet(() -> Faults.lost(path));
    }
}

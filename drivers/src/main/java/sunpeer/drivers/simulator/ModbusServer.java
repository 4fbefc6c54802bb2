package sunpeer.drivers.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@link SimulatedUnits}: Modbus RTU on pseudo-terminals, RTU over TCP as a serial gateway does, or Modbus TCP; on
 * 127.0.0.1 only.
 *
 * <p>Thread-safe. Owns its wires: each has a thread, and {@link #close()} closes the wires and waits for the threads.
 */
public final class ModbusServer implements AutoCloseable {
    private static final int FRAME_MAX = 300;
    /** Silence after which half a request is forgotten; longer than a busy machine lets a writer wait in mid-frame. */
    private static final int FRAME_GAP_MS = 50;

    private static final int CLIENTS_BACKLOG = 8;

    private final SimulatedUnits units;
    private final Framing framing;
    private final byte[] start;
    private final int clientsMax;
    private final UnaryOperator<WireEnd> wire;
    private final @Nullable ServerSocket door;
    private final List<WireEnd> wires = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    private ModbusServer(
            SimulatedUnits units,
            Framing framing,
            byte[] start,
            int clientsMax,
            UnaryOperator<WireEnd> wire,
            @Nullable ServerSocket door) {
        this.units = units;
        this.framing = framing;
        this.start = start;
        this.clientsMax = clientsMax;
        this.wire = wire;
        this.door = door;
    }

    /** Serves RTU on each of the lines. */
    public static ModbusServer rtu(SimulatedUnits units, WireEnd... lines) {
        ModbusServer server =
                new ModbusServer(units, Framing.RTU, new byte[0], lines.length, UnaryOperator.identity(), null);
        for (WireEnd line : lines) {
            server.serve(line);
        }
        return server;
    }

    /** How a TCP server meets its clients. */
    public record Door(int port, int clientsMax, UnaryOperator<WireEnd> wire) {
        /**
         * @param port where to listen; 0 takes a free one
         * @param clientsMax a further client is turned away
         */
        public static Door of(int port, int clientsMax) {
            return new Door(port, clientsMax, UnaryOperator.identity());
        }

        /** The same with something done to the wire of each client. */
        public Door through(UnaryOperator<WireEnd> change) {
            return new Door(port, clientsMax, change);
        }
    }

    /** @throws IOException when nothing can listen there */
    public static ModbusServer tcp(SimulatedUnits units, Door door) throws IOException {
        return listen(units, Framing.MBAP, new byte[0], door);
    }

    /**
     * Serves RTU frames over TCP, as serial gateways and EPEVER's dongle do.
     *
     * @param start bytes that a client must send first, or the gateway stays deaf; empty for none
     * @throws IOException when nothing can listen there
     */
    public static ModbusServer rtuOverTcp(SimulatedUnits units, Door door, byte... start) throws IOException {
        return listen(units, Framing.RTU, start.clone(), door);
    }

    private static ModbusServer listen(SimulatedUnits units, Framing framing, byte[] start, Door door)
            throws IOException {
        ServerSocket socket = new ServerSocket();
        // A simulator that comes back must not wait for the connections of the one before to be forgotten.
        socket.setReuseAddress(true);
        try {
            socket.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), door.port()),
                    CLIENTS_BACKLOG);
        } catch (IOException taken) {
            socket.close();
            throw new IOException("cannot listen on port " + door.port() + ": " + taken.getMessage(), taken);
        }
        ModbusServer server = new ModbusServer(units, framing, start, door.clientsMax(), door.wire(), socket);
        server.run("modbus-simulator port " + socket.getLocalPort(), () -> server.accept(socket));
        return server;
    }

    /** The TCP port; 0 when it serves serial lines. */
    public int port() {
        return door == null ? 0 : door.getLocalPort();
    }

    /** How many clients or lines are served just now. */
    public synchronized int connected() {
        return wires.size();
    }

    private void accept(ServerSocket socket) {
        while (true) {
            try {
                Socket client = socket.accept();
                if (connected() < clientsMax) {
                    serve(wire.apply(new SocketEnd(client)));
                } else {
                    client.close();
                }
            } catch (IOException _) {
                if (socket.isClosed()) {
                    return;
                }
                // A client that went away between knocking and entering.
            }
        }
    }

    private synchronized void serve(WireEnd line) {
        if (closed) {
            line.close();
            return;
        }
        wires.add(line);
        threads.removeIf(thread -> !thread.isAlive());
        run("modbus-simulator " + line.path(), () -> {
            if (started(line)) {
                answerAll(line);
            }
            line.close();
            forget(line);
        });
    }

    private synchronized void run(String name, Runnable task) {
        threads.add(Thread.ofPlatform().daemon().name(name).start(task));
    }

    private synchronized void forget(WireEnd line) {
        wires.remove(line);
    }

    /** Waits for the bytes that a client must send first. */
    private boolean started(WireEnd line) {
        byte[] buffer = new byte[start.length];
        int length = 0;
        while (length < buffer.length) {
            int got = line.read(buffer, length, buffer.length - length, -1);
            if (got < 0) {
                return false;
            }
            length += got;
        }
        return Arrays.equals(buffer, start);
    }

    private void answerAll(WireEnd line) {
        byte[] buffer = new byte[FRAME_MAX];
        int length = 0;
        while (true) {
            int got = line.read(buffer, length, buffer.length - length, length == 0 ? -1 : FRAME_GAP_MS);
            if (got < 0) {
                return;
            }
            length = got == 0 ? 0 : answerWhole(line, buffer, length + got);
        }
    }

    /** Answers what is whole and returns how many bytes are left at the beginning of the buffer. */
    private int answerWhole(WireEnd line, byte[] buffer, int received) {
        int length = received;
        for (int whole = framing.requestLength(buffer, length);
                whole > 0 && length >= whole;
                whole = framing.requestLength(buffer, length)) {
            byte[] frame = Arrays.copyOf(buffer, whole);
            if (!framing.isRight(frame)) {
                return 0; // as devices do: what follows is not looked at before the line was silent
            }
            framing.answer(frame, units).ifPresent(line::write);
            System.arraycopy(buffer, whole, buffer, 0, length - whole);
            length -= whole;
        }
        return length == buffer.length ? 0 : length;
    }

    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            List.copyOf(wires).forEach(WireEnd::close);
            running = List.copyOf(threads);
        }
        if (door != null) {
            try {
                door.close();
            } catch (IOException _) {
                // It listens no longer either way.
            }
        }
        Threads.joinAll(running);
    }
}

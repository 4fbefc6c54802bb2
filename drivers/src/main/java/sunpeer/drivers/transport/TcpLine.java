package sunpeer.drivers.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault;

/**
 * A serial line behind a TCP socket: a serial gateway, or EPEVER's dongle. Confined to the thread that owns the wire.
 */
public final class TcpLine implements ByteLine {
    private static final int CONNECT_MS = 3000;
    private static final int READ_WAIT_MS = 100;
    /** One silent unit among several must not cost the others their connection at its first silence. */
    private static final int SILENCES_MAX = 3;

    // for the process
    private final String host;
    private final int port;
    private final byte[] start;
    private int generation;
    /** Who was never away for long is the same device: to close a connection and open it again forgets nothing. */
    private boolean unreachable = true;

    // for this connection
    private @Nullable Socket socket;

    /** @param start what the gateway wants to hear before it listens; empty for most */
    public TcpLine(String host, int port, byte... start) {
        this.host = host;
        this.port = port;
        this.start = start.clone();
    }

    @Override
    public String where() {
        return host + ":" + port;
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public boolean isOpen() {
        return socket != null;
    }

    @Override
    public Optional<Fault> open() {
        if (socket != null) {
            return Optional.empty();
        }
        Socket fresh = new Socket();
        try {
            // The name is resolved anew: a gateway may come back under another address.
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                unreachable = true;
                return Optional.of(Faults.unreachable(host, port, "no address for this name"));
            }
            fresh.connect(address, CONNECT_MS);
            fresh.setTcpNoDelay(true);
            fresh.setSoTimeout(READ_WAIT_MS);
            fresh.getOutputStream().write(start);
        } catch (IOException failure) {
            unreachable = true;
            close(fresh);
            return Optional.of(Faults.unreachable(host, port, String.valueOf(failure.getMessage())));
        }
        socket = fresh;
        if (unreachable) {
            unreachable = false;
            generation++;
        }
        return Optional.empty();
    }

    @Override
    public int available() {
        try {
            return socket == null ? -1 : socket.getInputStream().available();
        } catch (IOException _) {
            return -1; // the caller closes what is lost
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int max) {
        try {
            return socket == null ? -1 : socket.getInputStream().read(buffer, offset, max);
        } catch (SocketTimeoutException _) {
            return 0;
        } catch (IOException _) {
            return -1; // the caller closes what is lost
        }
    }

    @Override
    public boolean write(byte[] bytes) {
        if (socket == null) {
            return false;
        }
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException _) {
            return false; // the caller closes what is lost
        }
    }

    @Override
    public void discardInput() {
        byte[] sink = new byte[512];
        for (int round = 0; round < 64 && available() > 0; round++) {
            if (read(sink, 0, sink.length) <= 0) {
                return;
            }
        }
    }

    /** A gateway that lost its power leaves a connection that swallows everything for a quarter of an hour. */
    @Override
    public void silent(int timesInARow) {
        if (timesInARow >= SILENCES_MAX) {
            close();
        }
    }

    @Override
    public Fault lost() {
        close();
        return Faults.unreachable(host, port, "it closes the connection; some devices serve one client only");
    }

    @Override
    public void close() {
        if (socket != null) {
            close(socket);
            socket = null;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}

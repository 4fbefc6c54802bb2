package sunpeer.drivers.simulator;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** The device's end of one TCP connection. Thread-safe as every {@link WireEnd}. */
final class SocketEnd implements WireEnd {
    private final Socket socket;
    private final String path;

    SocketEnd(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.path = "client at port " + socket.getPort();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public int read(byte[] into, int offset, int max, int timeoutMillis) {
        try {
            socket.setSoTimeout(timeoutMillis < 0 ? 0 : Math.max(1, timeoutMillis)); // to a socket 0 is for ever
            return socket.getInputStream().read(into, offset, max);
        } catch (SocketTimeoutException _) {
            return 0;
        } catch (IOException _) {
            return -1; // the client went away, or this end was closed
        }
    }

    @Override
    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException _) {
            close(); // the client went away; the reading thread sees it next
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }
}

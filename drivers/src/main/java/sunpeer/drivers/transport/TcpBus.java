package sunpeer.drivers.transport;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransaction;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.net.TCPMasterConnection;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault;

/**
 * Modbus TCP by j2mod, which carries the messages; what an answer is worth is decided here. The socket is closed after every
 * failure, so that an answer that comes late dies with it.
 */
public final class TcpBus implements RegisterBus {
    private static final int TRIES = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    /** j2mod goes no further. */
    private static final int TRANSACTION_MAX = Short.MAX_VALUE;

    // for the process
    private final String host;
    private final int port;
    private final Duration timeout;
    private int generation;
    /** Who was never away for long is the same device: to close a connection and open it again forgets nothing. */
    private boolean unreachable = true;
    /** j2mod counts for all connections of the process together, and not on after an exception. */
    private int transaction;

    // for this connection
    private @Nullable TCPMasterConnection connection;

    public TcpBus(String host, int port) {
        this(host, port, TIMEOUT);
    }

    /** @param timeout for the connection, and for each part of an answer that comes by itself */
    public TcpBus(String host, int port, Duration timeout) {
        this.host = host;
        this.port = port;
        this.timeout = timeout;
    }

    @Override
    public Answer ask(Request request) {
        return ask(request, TRIES);
    }

    @Override
    public Answer askOnce(Request request) {
        return ask(request, 1);
    }

    private Answer ask(Request request, int tries) {
        Answer answer = new Answer.Failed(Faults.silent(where(), request));
        for (int attempt = 0; attempt < tries; attempt++) {
            Optional<Fault> closed = open();
            if (closed.isPresent()) {
                return new Answer.Failed(closed.get());
            }
            answer = exchange(request);
            if (!(answer instanceof Answer.Failed)) {
                return answer;
            }
            close();
        }
        return answer;
    }

    // j2mod declares connect() to throw Exception; this is the one place that sees it.
    private Optional<Fault> open() {
        if (connection != null && connection.isConnected()) {
            return Optional.empty();
        }
        close();
        try {
            TCPMasterConnection fresh = new TCPMasterConnection(InetAddress.getByName(host));
            fresh.setPort(port);
            fresh.setTimeout((int) timeout.toMillis());
            fresh.connect();
            connection = fresh;
            if (unreachable) {
                unreachable = false;
                generation++;
            }
            return Optional.empty();
        } catch (UnknownHostException _) {
            unreachable = true;
            return Optional.of(Faults.unreachable(host, port, "no address for this name"));
        } catch (IOException failure) {
            unreachable = true;
            return Optional.of(Faults.unreachable(host, port, reason(failure)));
        } catch (Exception failure) {
            throw new IllegalStateException("j2mod threw what it never throws", failure);
        }
    }

    private Answer exchange(Request request) {
        ModbusTCPTransaction exchange = new ModbusTCPTransaction(connection);
        exchange.setCheckingValidity(true);
        // One try: j2mod's own retries would keep the socket and sleep at random.
        exchange.setRetries(1);
        ModbusRequest message = message(request);
        exchange.setRequest(message);
        transaction = transaction % TRANSACTION_MAX + 1;
        message.setTransactionID(transaction);
        try {
            exchange.execute();
        } catch (ModbusSlaveException _) {
            return judged(exchange.getResponse(), request);
        } catch (ModbusException failure) {
            return new Answer.Failed(fault(failure, request));
        }
        return judged(exchange.getResponse(), request);
    }

    /** j2mod's form of the request, made from the same bytes that go over a serial line. */
    private static ModbusRequest message(Request request) {
        byte[] frame = RtuFrame.request(request);
        ModbusRequest message = ModbusRequest.createModbusRequest(request.function());
        message.setUnitID(request.unit());
        try {
            message.readData(new DataInputStream(new ByteArrayInputStream(frame, 2, frame.length - 4)));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a request that j2mod does not know: " + request.describe(), impossible);
        }
        return message;
    }

    /** j2mod tells its failures apart by their text only. */
    private Fault fault(ModbusException failure, Request request) {
        String text = reason(failure);
        if (text.contains("Socket timeout")) {
            return Faults.silent(where(), request);
        }
        boolean closed = text.contains("end of stream") || text.contains("socket exception");
        return closed
                ? Faults.unreachable(host, port, "it closes the connection; some devices serve one client only")
                : Faults.garbled(where(), request, text);
    }

    /** j2mod lets exceptions pass without a look at their transaction, and never looks at protocol and unit. */
    private Answer judged(@Nullable ModbusResponse response, Request request) {
        if (response == null) {
            return new Answer.Failed(Faults.silent(where(), request));
        }
        int function = response.getFunctionCode();
        if (response.getTransactionID() != transaction || response.getProtocolID() != 0) {
            return garbled(request, "an answer to another request");
        }
        if (response.getUnitID() != request.unit() || (function & 0x7F) != request.function()) {
            return garbled(request, "answer of unit %d, function %d".formatted(response.getUnitID(), function));
        }
        byte[] content = response.getMessage();
        if ((function & 0x80) != 0) {
            return new Answer.Refused(content[0] & 0xFF);
        }
        byte[] pdu = new byte[1 + content.length];
        pdu[0] = (byte) function;
        System.arraycopy(content, 0, pdu, 1, content.length);
        return Pdu.answerLength(pdu, 0, pdu.length, request) == pdu.length
                ? Pdu.answer(pdu, 0, request)
                : garbled(request, content.length + " bytes of content, not as many as asked for: a short answer");
    }

    private Answer garbled(Request request, String reason) {
        return new Answer.Failed(Faults.garbled(where(), request, reason));
    }

    private static String reason(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.replace('\n', ' ');
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
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}

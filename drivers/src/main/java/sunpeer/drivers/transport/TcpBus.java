package sunpeer.drivers.transport;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransaction;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.net.TCPMasterConnection;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Fault;

/**
 * Modbus TCP. The socket is closed after every failure, so that an answer that comes late dies with it.
 */
public final class TcpBus implements RegisterBus {
    private static final int TRIES = 3;
    private static final int TIMEOUT_MS = 1000;

    // for the process
    private final String host;
    private final int port;
    private int generation;

    // for this connection
    private @Nullable TCPMasterConnection connection;

    public TcpBus(String host, int port) {
        this.host = host;
        this.port = port;
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
        return request instanceof Request.Registers registers
                ? ask(registers, tries)
                : new Answer.Failed(new Fault(
                        Fault.Kind.REFUSED, where() + ": over TCP only registers are read, not " + request.describe()));
    }

    private Answer ask(Request.Registers request, int tries) {
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
            fresh.setTimeout(TIMEOUT_MS);
            fresh.connect();
            connection = fresh;
            generation++;
            return Optional.empty();
        } catch (UnknownHostException _) {
            return Optional.of(Faults.unreachable(host, port, "no address for this name"));
        } catch (IOException failure) {
            return Optional.of(Faults.unreachable(host, port, reason(failure)));
        } catch (Exception failure) {
            throw new IllegalStateException("j2mod threw what it never throws", failure);
        }
    }

    private Answer exchange(Request.Registers request) {
        ModbusTCPTransaction transaction = new ModbusTCPTransaction(connection);
        transaction.setCheckingValidity(true);
        // One try: j2mod's own retries would keep the socket and sleep at random.
        transaction.setRetries(1);
        ModbusRequest message = request.function() == 3
                ? new ReadMultipleRegistersRequest(request.address(), request.count())
                : new ReadInputRegistersRequest(request.address(), request.count());
        message.setUnitID(request.unit());
        transaction.setRequest(message);
        try {
            transaction.execute();
        } catch (ModbusSlaveException exception) {
            return new Answer.Refused(exception.getType());
        } catch (ModbusException failure) {
            return new Answer.Failed(fault(failure, request));
        }
        return checked(transaction.getResponse(), request);
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

    private Answer checked(@Nullable ModbusResponse response, Request.Registers request) {
        if (response == null) {
            return new Answer.Failed(Faults.silent(where(), request));
        }
        if (response.getUnitID() != request.unit() || response.getFunctionCode() != request.function()) {
            return new Answer.Failed(Faults.garbled(
                    where(),
                    request,
                    "answer of unit %d, function %d".formatted(response.getUnitID(), response.getFunctionCode())));
        }
        InputRegister[] registers = switch (response) {
            case ReadMultipleRegistersResponse holding -> holding.getRegisters();
            case ReadInputRegistersResponse input -> input.getRegisters();
            default -> new InputRegister[0];
        };
        if (registers == null || registers.length != request.count()) {
            int count = registers == null ? 0 : registers.length;
            return new Answer.Failed(Faults.garbled(
                    where(), request, "%d registers instead of %d: a short answer".formatted(count, request.count())));
        }
        int[] words = new int[registers.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = registers[i].getValue() & 0xFFFF;
        }
        return new Answer.Registers(new Words(request.address(), words));
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

package sunpeer.drivers.probe;

import java.time.InstantSource;
import java.util.Optional;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Fault;
import sunpeer.drivers.probe.ProbeReport.Outcome;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.TcpBus;

/** An address that speaks Modbus TCP. */
final class TcpWire implements Asking.Wire, AutoCloseable {
    private final Wire.Tcp wire;
    private final TcpBus bus;
    private final InstantSource clock;
    private Optional<Outcome> end = Optional.empty();

    TcpWire(Wire.Tcp wire, InstantSource clock) {
        this.wire = wire;
        this.bus = new TcpBus(wire.host(), wire.port());
        this.clock = clock;
    }

    @Override
    public Optional<Answer> ask(Question question, Request request) {
        if (request instanceof Request.Write) {
            throw new IllegalArgumentException("a probe writes nothing: " + request.describe());
        }
        Answer answer = bus.askOnce(request);
        if (answer instanceof Answer.Failed(Fault fault) && fault.kind() == Fault.Kind.UNREACHABLE) {
            end = Optional.of(new Outcome.NotProbed(fault.message()));
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    @Override
    public String speed(Question question) {
        return "";
    }

    @Override
    public DeviceAddress address(Question question) {
        return new DeviceAddress(
                question.profile().id(), wire, question.identify().unit());
    }

    @Override
    public Device open(DeviceAddress address) {
        bus.close();
        return Devices.open(address, clock);
    }

    @Override
    public Optional<Outcome> end() {
        return end;
    }

    @Override
    public void close() {
        bus.close();
    }
}

package sunpeer.drivers.probe;

import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Devices;
import sunpeer.drivers.Fault;
import sunpeer.drivers.probe.ProbeReport.Outcome;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.Request;

/** A line of bytes that is probed: a port that is opened anew for each speed, or a socket to a gateway. */
final class SerialWire implements Asking.Wire, AutoCloseable {
    /** Opens the line at a speed; a gateway has one of its own and takes any. */
    interface Opener {
        ByteLine line(int baud);
    }

    private final Opener opener;
    private final Wire wire;
    private final Patience patience;
    private final InstantSource clock;
    private @Nullable ByteLine line;
    private @Nullable Mouth mouth;
    private int baud;
    private Optional<Outcome> end = Optional.empty();

    /** @param wire how a configuration names it; of a port the speed is filled in */
    SerialWire(Opener opener, Wire wire, Patience patience, InstantSource clock) {
        this.patience = patience;
        this.opener = opener;
        this.wire = wire;
        this.clock = clock;
    }

    /** The line at a speed; nothing when it cannot be opened, see {@link #end}. */
    Optional<ByteLine> at(int wanted) {
        ByteLine open = line;
        if (open != null && (baud == wanted || wire instanceof Wire.RtuOverTcp)) {
            return Optional.of(open);
        }
        close();
        ByteLine fresh = opener.line(wanted);
        Optional<Fault> closed = fresh.open();
        if (closed.isPresent()) {
            end = Optional.of(new Outcome.NotProbed(closed.get().message()));
            return Optional.empty();
        }
        line = fresh;
        mouth = new Mouth(fresh, patience);
        baud = wanted;
        return Optional.of(fresh);
    }

    @Override
    public Optional<Answer> ask(Question question, Request request) {
        Optional<ByteLine> open = at(question.identify().baud());
        Mouth speaker = mouth;
        if (open.isEmpty() || speaker == null) {
            return Optional.empty();
        }
        speaker.waitForQuiet();
        if (speaker.interrupted()) {
            end = Optional.of(new Outcome.OtherMaster("bytes keep coming that were not asked for"));
            return Optional.empty();
        }
        if (!question.modbus()) {
            return Optional.of(Devices.bus(question.profile().id(), open.get()).askOnce(request));
        }
        Answer answer = speaker.ask(request);
        if (answer instanceof Answer.Failed && !open.get().isOpen()) {
            end = Optional.of(new Outcome.NotProbed("the line went away while it was probed"));
            return Optional.empty();
        }
        return Optional.of(answer);
    }

    @Override
    public String speed(Question question) {
        return wire instanceof Wire.Serial ? question.identify().baud() + " baud: " : "";
    }

    @Override
    public DeviceAddress address(Question question) {
        int found = question.identify().baud();
        int given = found == question.profile().baud() ? 0 : found;
        Wire exact = wire instanceof Wire.Serial(String path, int _) ? new Wire.Serial(path, given) : wire;
        return new DeviceAddress(
                question.profile().id(), exact, question.identify().unit());
    }

    @Override
    public Device open(DeviceAddress address) {
        close();
        return Devices.open(address, clock);
    }

    @Override
    public Optional<Outcome> end() {
        return end;
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
            line = null;
            mouth = null;
        }
    }
}

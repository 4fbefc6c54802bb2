package sunpeer.drivers.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import sunpeer.drivers.Device;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;

/** Any device, with its readings judged by those before. Confined to the thread that owns the wire. */
public final class JudgedDevice implements Device {
    private final Device device;
    private final SequenceJudge judge;

    /** @param period the time from one reading to the next */
    public JudgedDevice(Device device, Duration period) {
        this.device = device;
        this.judge = new SequenceJudge(period);
    }

    @Override
    public ReadResult read() {
        return judge.judge(device.read());
    }

    @Override
    public Optional<Fault> probe() {
        return device.probe();
    }

    /** The last reading; stale when it is older than three periods. Empty before the first. */
    public Optional<Reading> known(Instant now) {
        return judge.known(now);
    }

    @Override
    public String describe() {
        return device.describe();
    }

    @Override
    public void close() {
        device.close();
    }
}

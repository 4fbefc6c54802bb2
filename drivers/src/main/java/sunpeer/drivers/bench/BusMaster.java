package sunpeer.drivers.bench;

import java.io.IOException;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.SerialLine;

/** Ours. */
final class BusMaster implements Master {
    private final RtuBus bus;
    private final ReadPlan plan;

    /** @param gapMillis as a profile may ask for; 0 leaves the 3.5 characters */
    BusMaster(String port, int baud, ReadPlan plan, int gapMillis) {
        this.bus = new RtuBus(new SerialLine(port, baud), gapMillis);
        this.plan = plan;
    }

    @Override
    public long poll() throws IOException {
        long start = System.nanoTime();
        for (Request.Registers block : plan.blocks()) {
            if (!(bus.ask(block) instanceof Answer.Registers(var words))) {
                throw new IOException("no right answer to " + block.describe());
            }
            for (int address = block.address(); address < block.address() + block.count(); address++) {
                if (words.at(address) != InstantSlave.register(address)) {
                    throw new IOException("wrong value in " + block.describe());
                }
            }
        }
        return System.nanoTime() - start;
    }

    @Override
    public void close() {
        bus.close();
    }
}

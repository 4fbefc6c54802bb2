package sunpeer.drivers.polling;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import sunpeer.drivers.Device;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.polling.PollPlan.Outcome;
import sunpeer.drivers.polling.PollPlan.Step;

/** The one thread that may touch a wire and the devices on it; does what the plan says. */
final class WireOwner implements Runnable {
    /** The sun is looked at so often, and a stop is noticed at the latest then. */
    private static final long NAP_MAX_NS = 2_000_000_000;

    private final List<Member> members;
    private final PollPlan plan;
    private final BooleanSupplier dark;
    private final Handover handover;
    private volatile boolean stopping;
    private volatile long polls;
    private volatile long missedPeriods;

    /** @param number the device's in the poller's list */
    record Member(int number, Device device, PollPlan.Member timing) {}

    WireOwner(List<Member> members, BooleanSupplier dark, Handover handover) {
        this.members = List.copyOf(members);
        this.plan = new PollPlan(members.stream().map(Member::timing).toList(), System.nanoTime());
        this.dark = dark;
        this.handover = handover;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                step();
            }
        } catch (RuntimeException | Error wrong) {
            handover.broken(wrong);
        } finally {
            members.forEach(member -> member.device().close());
        }
    }

    private void step() {
        switch (plan.next(System.nanoTime(), dark.getAsBoolean())) {
            case Step.Read(int i) -> report(i, members.get(i).device().read());
            case Step.Probe(int i) -> {
                Optional<Fault> silent = members.get(i).device().probe();
                if (silent.isPresent()) {
                    report(i, new ReadResult.Failed(silent.get()));
                } else {
                    plan.answered(i, System.nanoTime());
                }
            }
            case Step.Recycle() -> members.forEach(member -> member.device().close());
            case Step.Wait(long until) -> LockSupport.parkNanos(Math.min(until - System.nanoTime(), NAP_MAX_NS));
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the owner only
    private void report(int i, ReadResult result) {
        DeviceState before = plan.state(i);
        plan.done(i, outcome(result), System.nanoTime(), dark.getAsBoolean());
        polls++;
        missedPeriods = plan.missedPeriods();
        handover.put(new Polled(members.get(i).number(), result, before, plan.state(i)));
    }

    static Outcome outcome(ReadResult result) {
        return switch (result) {
            case ReadResult.Ok _ -> Outcome.GOOD;
            case ReadResult.Failed(Fault fault) ->
                switch (fault.kind()) {
                    case PORT_MISSING, PORT_DENIED, PORT_BUSY, UNREACHABLE -> Outcome.NO_WIRE;
                    case NO_ANSWER, GARBLED -> Outcome.SILENT;
                    case REFUSED, IMPLAUSIBLE -> Outcome.UNUSABLE;
                };
        };
    }

    void stop(Thread thread) {
        stopping = true;
        LockSupport.unpark(thread);
    }

    long polls() {
        return polls;
    }

    long missedPeriods() {
        return missedPeriods;
    }
}

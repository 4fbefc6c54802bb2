package sunpeer.drivers.polling;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides what the owner thread of a wire does next. Pure: time comes from outside, in nanoseconds of a clock that never jumps.
 * Confined to one thread.
 *
 * <p>Each device has its slots, one a period, staggered so that the wire is evenly used. A device that failed is first asked for
 * as little as possible, with one try, before it costs its neighbours a whole reading again; when it stays silent it is asked
 * after 2, 4, 8 ... 300 s. Reading a healthy device always goes before asking a silent one.
 */
public final class PollPlan {
    private static final long SECOND_NS = 1_000_000_000;
    /** The first reading of a device learns what it has and can take several seconds; so does the one a day later. */
    private static final long NEWCOMER_NS = 5 * SECOND_NS;

    private static final int FLAKY_FAILURES = 2;
    private static final int OFFLINE_FAILURES = 3;
    private static final long PROBE_FIRST_NS = 2 * SECOND_NS;
    private static final long PROBE_LAST_NS = 300 * SECOND_NS;

    /**
     * @param periodNs time from one reading to the next
     * @param sleepsInTheDark fed by the panel only: silence without sun is no failure
     */
    public record Member(long periodNs, boolean sleepsInTheDark) {}

    /** What to do next; devices are numbered in the order of the members. */
    public sealed interface Step {
        /** Read the device, then tell {@link #done}. */
        record Read(int device) implements Step {}

        /** Ask whether the device is there, then tell {@link #answered} or {@link #done}. */
        record Probe(int device) implements Step {}

        /** Close the port; the next step opens it anew. Nothing is to be told. */
        record Recycle() implements Step {}

        /** Nothing to do before this time. */
        record Wait(long untilNs) implements Step {}
    }

    /** How an attempt ended. */
    public enum Outcome {
        GOOD,
        /** It answered, but with nothing that could be used. */
        UNUSABLE,
        /** Nothing, or nothing in order. */
        SILENT,
        /** The port, or the way to the host, is not there. */
        NO_WIRE
    }

    private static final class Slot {
        final Member member;
        long dueNs;
        DeviceState state = DeviceState.OK;
        int failures;
        long probeDelayNs = PROBE_FIRST_NS;
        /** It has answered a probe, or its wire was away: the next attempt is a whole reading. */
        boolean readNext = true;

        Slot(Member member, long dueNs) {
            this.member = member;
            this.dueNs = dueNs;
        }
    }

    private final List<Slot> slots;
    private int silences;
    private long missedPeriods;

    public PollPlan(List<Member> members, long nowNs) {
        this.slots = IntStream.range(0, members.size())
                .mapToObj(i -> new Slot(members.get(i), nowNs + offset(members.get(i), i, members.size())))
                .toList();
    }

    /** Evenly over the period; and one newcomer after the other, so that the long readings do not come together. */
    private static long offset(Member member, int i, int count) {
        return member.periodNs() * i / count + Math.min(member.periodNs(), NEWCOMER_NS) * i;
    }

    public DeviceState state(int device) {
        return slots.get(device).state;
    }

    /** Slots of healthy devices in which no reading began. */
    public long missedPeriods() {
        return missedPeriods;
    }

    /** @param dark whether the sun is so low that a panel feeds nothing */
    public Step next(long nowNs, boolean dark) {
        if (silences >= Poller.RECYCLE_SILENCES) {
            silences = 0;
            return new Step.Recycle();
        }
        if (!dark) {
            wake(nowNs);
        }
        Optional<Step> read = earliest(nowNs, true);
        if (read.isPresent()) {
            return read.get();
        }
        return earliest(nowNs, false)
                .orElseGet(() -> new Step.Wait(
                        slots.stream().mapToLong(slot -> slot.dueNs).min().orElse(nowNs + PROBE_LAST_NS)));
    }

    private void wake(long nowNs) {
        for (Slot slot : slots) {
            if (slot.state == DeviceState.ASLEEP && slot.failures == 0) {
                slot.dueNs = Math.min(slot.dueNs, nowNs);
            }
        }
    }

    private Optional<Step> earliest(long nowNs, boolean read) {
        int found = -1;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.readNext == read && slot.dueNs <= nowNs && (found < 0 || slot.dueNs < slots.get(found).dueNs)) {
                found = i;
            }
        }
        if (found < 0) {
            return Optional.empty();
        }
        catchUp(slots.get(found), nowNs);
        return Optional.of(read ? new Step.Read(found) : new Step.Probe(found));
    }

    /** Slots that have passed as a whole are gone; one that has begun is late, not missed. */
    private void catchUp(Slot slot, long nowNs) {
        boolean healthy = slot.state == DeviceState.OK && slot.failures == 0;
        while (slot.dueNs + slot.member.periodNs() <= nowNs) {
            slot.dueNs += slot.member.periodNs();
            missedPeriods += healthy ? 1 : 0;
        }
    }

    /** The probe was answered: a whole reading is next. */
    public void answered(int device, long nowNs) {
        silences = 0;
        slots.get(device).readNext = true;
        slots.get(device).dueNs = Math.min(slots.get(device).dueNs, nowNs);
    }

    /** An attempt ended with a reading, or failed. */
    public void done(int device, Outcome outcome, long nowNs, boolean dark) {
        Slot slot = slots.get(device);
        silences = outcome == Outcome.SILENT && !(dark && slot.member.sleepsInTheDark()) ? silences + 1 : 0;
        switch (outcome) {
            case GOOD -> {
                slot.state = DeviceState.OK;
                slot.failures = 0;
                slot.readNext = true;
                slot.probeDelayNs = PROBE_FIRST_NS;
                slot.dueNs += slot.member.periodNs();
            }
            case NO_WIRE -> {
                // To look for a port costs nothing and disturbs nobody, and it may come back any moment.
                slot.state = DeviceState.OFFLINE;
                slot.readNext = true;
                slot.dueNs += slot.member.periodNs();
            }
            case UNUSABLE, SILENT -> failed(slot, outcome, nowNs, dark);
        }
    }

    private void failed(Slot slot, Outcome outcome, long nowNs, boolean dark) {
        slot.readNext = false;
        if (outcome == Outcome.SILENT && dark && slot.member.sleepsInTheDark()) {
            slot.state = DeviceState.ASLEEP;
            slot.failures = 0;
            slot.dueNs = nowNs + PROBE_LAST_NS;
            return;
        }
        slot.failures++;
        if (slot.failures < OFFLINE_FAILURES) {
            if (slot.failures >= FLAKY_FAILURES && slot.state != DeviceState.OFFLINE) {
                slot.state = DeviceState.FLAKY;
            }
            slot.dueNs += slot.member.periodNs();
        } else {
            slot.state = DeviceState.OFFLINE;
            slot.dueNs = nowNs + slot.probeDelayNs;
            slot.probeDelayNs = Math.min(2 * slot.probeDelayNs, PROBE_LAST_NS);
        }
    }
}

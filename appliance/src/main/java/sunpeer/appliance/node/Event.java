package sunpeer.appliance.node;

import java.time.Instant;
import sunpeer.appliance.energy.ToldForecast;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.drivers.ReadResult;
import sunpeer.inference.Outcome;

/** What happens to a peer. All immutable; {@code at} is the time by the node's own clock. */
public sealed interface Event {
    Instant at();

    /** The control period has passed. */
    record Tick(Instant at) implements Event {}

    /** The charge controller was polled. */
    record Polled(Instant at, ReadResult result) implements Event {}

    /** The broker is connected. */
    record LinkUp(Instant at) implements Event {}

    /** @param why one sentence for people */
    record LinkDown(Instant at, String why) implements Event {}

    /** The gateway's newest checkpoint, not yet verified. */
    record CheckpointSeen(Instant at, String note) implements Event {}

    /** A run of entries with the checkpoint that covers them, not yet verified; see {@link Leaves}. */
    record LeavesReceived(Instant at, Bytes leaves) implements Event {}

    /** A receipt for one of our entries, not yet verified. */
    record ReceiptReceived(Instant at, Bytes receipt) implements Event {}

    /** The gateway will not take one of our entries. */
    record RefusalReceived(Instant at, String reason) implements Event {}

    /** Somebody forecasts a day's sun. */
    record ForecastTold(Instant at, ToldForecast forecast) implements Event {}

    /** @param why one sentence for people */
    record ForecastUnreadable(Instant at, String why) implements Event {}

    record ModelRan(Instant at, long job, Outcome outcome) implements Event {}

    record ModelTrained(Instant at, long job, Training training) implements Event {}

    /** The board was put to sleep and is back. */
    record Woke(Instant at) implements Event {}

    /**
     * The board was not put to sleep.
     *
     * @param why one sentence for people that says what to do
     */
    record SleepRefused(Instant at, String why) implements Event {}

    /** The service is about to stop: what only memory holds is to be kept. */
    record Stopping(Instant at) implements Event {}
}

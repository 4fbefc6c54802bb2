package sunpeer.appliance.node;

import java.time.Instant;
import java.util.List;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.schedule.PricePolicy;
import sunpeer.drivers.Reading;
import sunpeer.inference.Model;
import sunpeer.inference.training.Dataset;

/** What a core wants done outside. All immutable. What is to be kept is durable before anything after it is sent. */
public sealed interface Command {
    /** Poll the charge controller; answered by {@link Event.Polled}. */
    record Poll() implements Command {}

    /** Run a model; answered by {@link Event.ModelRan}. */
    record RunModel(long job, Model model, List<Bytes> rows) implements Command {
        public RunModel {
            rows = List.copyOf(rows);
        }

        /** The rows as a {@link sunpeer.inference.ModelRunner} takes them. */
        public byte[][] arrays() {
            return rows.stream().map(Bytes::toArray).toArray(byte[][]::new);
        }
    }

    /** Train the forecast model; answered by {@link Event.ModelTrained}. */
    record TrainModel(long job, Dataset dataset, long seed) implements Command {}

    /** Let the inference child go: there is no energy for it. */
    record RestWorker() implements Command {}

    /** Keep the broker connected, or part from it in order. */
    record Radio(boolean on) implements Command {}

    /** Put the board to sleep; answered by {@link Event.Woke}, {@link Event.SleepRefused}, or the begin of another process. */
    record Sleep(Instant until) implements Command {}

    /** Tell people. */
    record Tell(Story story) implements Command {}

    /** Make durable. */
    sealed interface Keep extends Command {
        record AppendEntry(long index, Bytes entry) implements Keep {}

        /** The newest checkpoint that this program verified, or signed. */
        record SetCheckpoint(String note) implements Keep {}

        /** An entry of ours that the gateway has still to acknowledge. */
        record PutOutbox(long sequence, Bytes entry) implements Keep {}

        /** Acknowledged: the receipt takes the entry's place. */
        record Acknowledge(long sequence, Bytes receipt) implements Keep {}

        /** A named piece of a core's memory, replaced as a whole. */
        record PutState(String name, Bytes state) implements Keep {}

        /** One line of the history of the controller. */
        record PutReading(Reading reading) implements Keep {}
    }

    /** Send to others. What each message is called on the broker is the business of sync. */
    sealed interface Publish extends Command {
        /** An entry of ours, to the gateway. */
        record Submit(Bytes entry) implements Publish {}

        /** Ask the gateway for entries from this index on. */
        record Want(long from) implements Publish {}

        /** What the node is doing; replaces the one before. */
        record State(NodeView view) implements Publish {}

        /** What energy is worth and what is planned; replaces the one before. */
        record Plan(PricePolicy.Prices prices) implements Publish {}

        /** What we scored, in words. */
        record Score(long window, int truth, List<Integer> row, List<String> names) implements Publish {}

        /** Our rewards as we verified them; replaces the one before. */
        record Rewards(NodeView.Earned earned) implements Publish {}

        /** From the gateway to a peer. */
        record ReceiptTo(String peerId, Bytes receipt) implements Publish {}

        record LeavesTo(String peerId, Bytes leaves) implements Publish {}

        record RefusalTo(String peerId, String reason) implements Publish {}

        /** From the gateway to all; replaces the one before. */
        record NewCheckpoint(String note) implements Publish {}
    }
}

package sunpeer.drivers.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sunpeer.drivers.Fault;

/** What the bus says to a unit, word for word, when answers get lost, come late or are somebody else's. */
@Timeout(10)
class RtuBusTest {
    private static final Timing SHORT =
            new Timing(Duration.ofMillis(30), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
    private static final Request VOLTS = new Request.Registers(1, 4, 0x3100, 2);
    private static final Request PERCENT = new Request.Registers(1, 4, 0x311A, 2);
    /** A size that neither has. */
    private static final Request PROOF = new Request.Registers(1, 4, 0x3100, 1);

    private static final byte[] VOLTS_ANSWER = RtuFrame.withCrc(1, 4, 4, 0, 11, 0, 12);
    private static final byte[] PERCENT_ANSWER = RtuFrame.withCrc(1, 4, 4, 0, 21, 0, 22);
    private static final byte[] PROOF_ANSWER = RtuFrame.withCrc(1, 4, 2, 0, 11);
    private static final byte[] NOTHING = {};

    private final ScriptedLine line = new ScriptedLine();
    private final RtuBus bus = new RtuBus(line, SHORT);

    @Test
    void aLateAnswerIsNotTakenForTheNext() {
        line.answers(NOTHING);
        assertThat(bus.askOnce(VOLTS)).isInstanceOf(Answer.Failed.class);
        // The lost answer comes now, and is as long as the one that is asked for.
        line.answers(VOLTS_ANSWER, PROOF_ANSWER, PERCENT_ANSWER);
        assertThat(bus.ask(PERCENT)).isEqualTo(new Answer.Registers(new Words(0x311A, 21, 22)));
        Request proof = new Request.Registers(1, 4, 0x311A, 1);
        assertThat(line.asked()).containsExactly(frame(VOLTS), frame(proof), frame(proof), frame(PERCENT));
    }

    @Test
    void aProofHasASizeOfItsOwn() {
        line.answers(NOTHING, NOTHING, VOLTS_ANSWER, VOLTS_ANSWER);
        bus.askOnce(PROOF);
        bus.askOnce(VOLTS);
        bus.askOnce(PROOF);
        // Sizes 1 (lost) and 2 (asked for next) are taken, then 1 (lost and asked for): 3 and 2.
        assertThat(line.asked())
                .containsExactly(
                        frame(PROOF),
                        frame(new Request.Registers(1, 4, 0x3100, 3)),
                        frame(new Request.Registers(1, 4, 0x3100, 2)),
                        frame(PROOF));
    }

    @Test
    void anotherUnitIsNotInDoubt() {
        line.answers(NOTHING, RtuFrame.withCrc(2, 4, 4, 0, 1, 0, 2));
        bus.askOnce(VOLTS);
        assertThat(bus.askOnce(new Request.Registers(2, 4, 0x3100, 2))).isInstanceOf(Answer.Registers.class);
        assertThat(line.asked()).hasSize(2);
    }

    @Test
    void anExceptionIsAProof() {
        line.answers(NOTHING, RtuFrame.withCrc(1, 0x84, 2), VOLTS_ANSWER);
        assertThat(bus.ask(VOLTS)).isEqualTo(new Answer.Registers(new Words(0x3100, 11, 12)));
    }

    @Test
    void afterAFrameOfOthersTheUnitProvesItself() {
        line.arrives(RtuFrame.request(PERCENT));
        line.answers(PERCENT_ANSWER, PROOF_ANSWER, VOLTS_ANSWER);
        assertThat(bus.ask(VOLTS)).isEqualTo(new Answer.Registers(new Words(0x3100, 11, 12)));
        assertThat(line.asked()).containsExactly(frame(PROOF), frame(PROOF), frame(VOLTS));
    }

    @Test
    void oneAnswerTooManyIsADoubtToo() {
        line.answers(joined(VOLTS_ANSWER, PERCENT_ANSWER), PROOF_ANSWER, PERCENT_ANSWER);
        assertThat(bus.ask(VOLTS)).isEqualTo(new Answer.Registers(new Words(0x3100, 11, 12)));
        assertThat(bus.ask(PERCENT)).isEqualTo(new Answer.Registers(new Words(0x311A, 21, 22)));
        assertThat(line.asked()).hasSize(3);
    }

    @Test
    void aByteOrTwoOfNoiseCostNothing() {
        line.arrives(new byte[] {0, (byte) 0xFF});
        line.answers(VOLTS_ANSWER);
        assertThat(bus.ask(VOLTS)).isInstanceOf(Answer.Registers.class);
        assertThat(line.asked()).hasSize(1);
    }

    @Test
    void aFrameOfAnotherMasterBeforeTheAnswerSpoilsIt() {
        byte[] others = RtuFrame.request(PERCENT);
        assertThat(RtuFrame.parse(joined(others, VOLTS_ANSWER), others.length + VOLTS_ANSWER.length, VOLTS))
                .isInstanceOf(RtuFrame.Parsed.Malformed.class);
    }

    @Test
    void anEchoIsNoAnswer() {
        Request clock = new Request.Write(1, AllowedWrite.EPEVER_CLOCK, List.of(0x0633, 0x1301, 0x0F06));
        byte[] echo = RtuFrame.request(clock);
        line.answers(echo, joined(echo, RtuFrame.withCrc(1, 16, 0x90, 0x13, 0, 3)));
        assertThat(bus.askOnce(clock))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.fault().kind()).isEqualTo(Fault.Kind.NO_ANSWER));
        assertThat(bus.askOnce(clock)).isEqualTo(new Answer.Written());
    }

    @Test
    void aConfirmationOfAnotherWriteIsNone() {
        line.answers(RtuFrame.withCrc(1, 5, 0, 2, 0, 0), RtuFrame.withCrc(1, 5, 0, 2, 0xFF, 0));
        Request on = new Request.Write(1, AllowedWrite.EPEVER_LOAD, List.of(0xFF00));
        assertThat(bus.askOnce(on)).isInstanceOf(Answer.Failed.class);
        assertThat(bus.askOnce(on)).isEqualTo(new Answer.Written());
    }

    private static List<Byte> frame(Request request) {
        return list(RtuFrame.request(request));
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte octet : bytes) {
            list.add(octet);
        }
        return list;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        return whole;
    }

    /** A line in memory: each write brings the next of the bytes that were laid out. */
    private static final class ScriptedLine implements ByteLine {
        private final Deque<byte[]> answers = new ArrayDeque<>();
        private final List<List<Byte>> asked = new ArrayList<>();
        private byte[] waiting = {};

        void answers(byte[]... next) {
            answers.addAll(List.of(next));
        }

        void arrives(byte[] bytes) {
            waiting = joined(waiting, bytes);
        }

        List<List<Byte>> asked() {
            return asked;
        }

        @Override
        public String where() {
            return "a line in memory";
        }

        @Override
        public int generation() {
            return 1;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Optional<Fault> open() {
            return Optional.empty();
        }

        @Override
        public int available() {
            return waiting.length;
        }

        @Override
        public int read(byte[] buffer, int offset, int max) {
            if (waiting.length == 0) {
                LockSupport.parkNanos(1_000_000);
                return 0;
            }
            int got = Math.min(max, waiting.length);
            System.arraycopy(waiting, 0, buffer, offset, got);
            waiting = Arrays.copyOfRange(waiting, got, waiting.length);
            return got;
        }

        @Override
        public boolean write(byte[] bytes) {
            asked.add(list(bytes));
            arrives(answers.isEmpty() ? NOTHING : answers.removeFirst());
            return true;
        }

        @Override
        public void discardInput() {
            waiting = NOTHING;
        }

        @Override
        public Fault lost() {
            throw new IllegalStateException("this line is never lost");
        }

        @Override
        public void close() {}
    }
}

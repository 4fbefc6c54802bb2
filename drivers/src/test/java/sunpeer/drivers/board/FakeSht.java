package sunpeer.drivers.board;

import java.util.Arrays;

/** An SHT3x or SHT4x in memory: knows its own command only and does not acknowledge while it measures. */
final class FakeSht implements FakeChip {
    private final byte[] command;
    private final double measuringMillis;
    private final byte[] answer;
    private long startedAt = Long.MIN_VALUE;

    FakeSht(byte[] command, double measuringMillis, byte[] answer) {
        this.command = command;
        this.measuringMillis = measuringMillis;
        this.answer = answer;
    }

    @Override
    public boolean write(byte[] message, long nowMillis) {
        if (!Arrays.equals(message, command)) {
            return false;
        }
        startedAt = nowMillis;
        return true;
    }

    @Override
    public byte[] read(int count, long nowMillis) {
        boolean ready = startedAt != Long.MIN_VALUE && nowMillis - startedAt >= measuringMillis;
        return ready ? Arrays.copyOf(answer, count) : new byte[0];
    }
}

package sunpeer.drivers.simulator;

import java.util.Arrays;
import java.util.Optional;
import sunpeer.drivers.transport.RtuFrame;

/** How requests and answers lie on a wire, seen from the device. Stateless. */
sealed interface Framing {
    Framing RTU = new Rtu();
    Framing MBAP = new Mbap();

    /** How long the request is that begins here; 0 when that cannot be said yet. */
    int requestLength(byte[] buffer, int length);

    boolean isRight(byte[] frame);

    /** Empty for silence. */
    Optional<byte[]> answer(byte[] frame, SimulatedUnits units);

    final class Rtu implements Framing {
        @Override
        public int requestLength(byte[] buffer, int length) {
            if (length < 2) {
                return 0;
            }
            return switch (buffer[1] & 0xFF) {
                case 0x2B -> 7;
                case 0x0F, 0x10 -> length < 7 ? 0 : 9 + (buffer[6] & 0xFF);
                default -> 8;
            };
        }

        @Override
        public boolean isRight(byte[] frame) {
            return RtuFrame.crcFits(frame, 0, frame.length);
        }

        @Override
        public Optional<byte[]> answer(byte[] frame, SimulatedUnits units) {
            return units.answer(frame[0] & 0xFF, Arrays.copyOfRange(frame, 1, frame.length - 2))
                    .map(pdu -> {
                        int[] body = new int[1 + pdu.length];
                        body[0] = frame[0];
                        for (int i = 0; i < pdu.length; i++) {
                            body[1 + i] = pdu[i];
                        }
                        return RtuFrame.withCrc(body);
                    });
        }
    }

    /** Modbus TCP: transaction, protocol 0, length of what follows, unit, then function and content. */
    final class Mbap implements Framing {
        private static final int HEADER = 7;
        private static final int LENGTH_AT = 4;
        /** A gateway says so of a unit that is absent or asleep; on a serial line there is just silence. */
        private static final int NO_ANSWER_BEHIND_GATEWAY = 11;

        @Override
        public int requestLength(byte[] buffer, int length) {
            return length < HEADER ? 0 : 6 + ((buffer[LENGTH_AT] & 0xFF) << 8) + (buffer[LENGTH_AT + 1] & 0xFF);
        }

        @Override
        public boolean isRight(byte[] frame) {
            return frame.length > HEADER && frame[2] == 0 && frame[3] == 0;
        }

        @Override
        public Optional<byte[]> answer(byte[] frame, SimulatedUnits units) {
            byte[] request = Arrays.copyOfRange(frame, HEADER, frame.length);
            byte[] pdu = units.answer(frame[HEADER - 1] & 0xFF, request).orElseGet(() ->
                    new byte[] {(byte) (request[0] | 0x80), NO_ANSWER_BEHIND_GATEWAY});
            byte[] whole = Arrays.copyOf(frame, HEADER + pdu.length);
            whole[LENGTH_AT] = (byte) ((1 + pdu.length) >> 8);
            whole[LENGTH_AT + 1] = (byte) (1 + pdu.length);
            System.arraycopy(pdu, 0, whole, HEADER, pdu.length);
            return Optional.of(whole);
        }
    }
}

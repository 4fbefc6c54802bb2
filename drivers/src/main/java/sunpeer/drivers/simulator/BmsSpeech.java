package sunpeer.drivers.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sunpeer.drivers.transport.RtuFrame;

/** How a simulated battery management system or shunt takes questions and words its answers. Stateless. */
sealed interface BmsSpeech {
    int CELLS = 4;

    /** How long the question is that begins here, 0 when that cannot be said yet, negative when none begins here. */
    int questionLength(byte[] buffer, int length);

    /** The answer to a whole question; nothing when the device keeps silent. */
    Optional<byte[]> answer(byte[] question, SimulatedValues now);

    /** Whether the question could change something: it must not come. */
    boolean isWrite(byte[] question);

    private static int cellMillivolts(SimulatedValues now, int cell) {
        return (int) Math.round(now.batteryV() * 1000 / CELLS) + (cell % 2 == 0 ? 2 : -2);
    }

    private static int sum(byte[] bytes, int from, int to) {
        return IntStream.range(from, to).map(i -> bytes[i] & 0xFF).sum();
    }

    /** Numbers of bytes in a row; each is given with its length, high byte first. */
    final class Content {
        private final List<Byte> bytes = new ArrayList<>();

        Content octets(long... octets) {
            for (long octet : octets) {
                bytes.add((byte) octet);
            }
            return this;
        }

        Content pair(long number) {
            return octets(number >> 8, number);
        }

        byte[] toBytes() {
            byte[] array = new byte[bytes.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = bytes.get(i);
            }
            return array;
        }
    }

    /** JBD with two temperature sensors; 100 Ah. */
    final class Jbd implements BmsSpeech {
        private static final int QUESTION = 7;

        @Override
        public int questionLength(byte[] buffer, int length) {
            return (buffer[0] & 0xFF) == 0xDD ? (length < 4 ? 0 : QUESTION + (buffer[3] & 0xFF)) : -1;
        }

        @Override
        public boolean isWrite(byte[] question) {
            return (question[1] & 0xFF) != 0xA5;
        }

        @Override
        public Optional<byte[]> answer(byte[] question, SimulatedValues now) {
            int checksum = 0x1_0000 - sum(question, 2, question.length - 3) & 0xFFFF;
            boolean right = (question[question.length - 3] & 0xFF) == checksum >> 8
                    && (question[question.length - 2] & 0xFF) == (checksum & 0xFF);
            if (!right || isWrite(question)) {
                return Optional.empty();
            }
            int group = question[2] & 0xFF;
            return switch (group) {
                case 3 -> Optional.of(frame(group, 0, basic(now)));
                case 4 -> Optional.of(frame(group, 0, cells(now)));
                case 5 -> Optional.of(frame(group, 0, "SUNPEER-4S100A".getBytes(StandardCharsets.US_ASCII)));
                default -> Optional.of(frame(group, 0x80, new byte[0]));
            };
        }

        private static byte[] basic(SimulatedValues now) {
            long kelvinTenths = Math.round(now.batteryC() * 10) + 2731;
            return new Content()
                    .pair(Math.round(now.batteryV() * 100))
                    .pair(Math.round(now.batteryA() * 100))
                    .pair(Math.round(now.socPercent() * 100))
                    .pair(10_000)
                    .pair(12)
                    .pair(24 << 9 | 5 << 5 | 17)
                    .pair(0)
                    .pair(0)
                    .pair(0)
                    .octets(0x20, Math.round(now.socPercent()), 3, CELLS, 2)
                    .pair(kelvinTenths)
                    .pair(kelvinTenths)
                    .toBytes();
        }

        private static byte[] cells(SimulatedValues now) {
            Content content = new Content();
            IntStream.range(0, CELLS).forEach(cell -> content.pair(cellMillivolts(now, cell)));
            return content.toBytes();
        }

        private static byte[] frame(int group, int status, byte[] content) {
            Content frame = new Content().octets(0xDD, group, status, content.length);
            for (byte octet : content) {
                frame.octets(octet);
            }
            int checksum = 0x1_0000 - status - content.length - sum(content, 0, content.length);
            return frame.pair(checksum).octets(0x77).toBytes();
        }
    }

    /** Daly on UART with one temperature sensor. */
    final class DalyA5 implements BmsSpeech {
        private static final int FRAME = 13;

        @Override
        public int questionLength(byte[] buffer, int length) {
            return (buffer[0] & 0xFF) == 0xA5 ? FRAME : -1;
        }

        @Override
        public boolean isWrite(byte[] question) {
            int group = question[2] & 0xFF;
            return group < 0x90 || group > 0x98;
        }

        @Override
        public Optional<byte[]> answer(byte[] question, SimulatedValues now) {
            boolean right = (sum(question, 0, FRAME - 1) & 0xFF) == (question[FRAME - 1] & 0xFF) && question[1] == 0x40;
            return right && !isWrite(question) ? Optional.of(frames(question[2] & 0xFF, now)) : Optional.empty();
        }

        private static byte[] frames(int group, SimulatedValues now) {
            long volts = Math.round(now.batteryV() * 10);
            long amperes = Math.round(now.batteryA() * 10) + 30_000;
            long degrees = Math.round(now.batteryC()) + 40;
            int mode = now.batteryA() > 0 ? 1 : now.batteryA() < 0 ? 2 : 0;
            return switch (group) {
                case 0x90 ->
                    frame(
                            group,
                            new Content().pair(volts).pair(0).pair(amperes).pair(Math.round(now.socPercent() * 10)));
                case 0x91 ->
                    frame(
                            group,
                            new Content()
                                    .pair(cellMillivolts(now, 0))
                                    .octets(1)
                                    .pair(cellMillivolts(now, 1))
                                    .octets(2, 0, 0));
                case 0x92 -> frame(group, new Content().octets(degrees, 1, degrees, 1, 0, 0, 0, 0));
                case 0x93 -> {
                    long left = Math.round(now.socPercent() * 1000);
                    yield frame(
                            group,
                            new Content().octets(mode, 1, 1, 7).pair(left >> 16).pair(left));
                }
                case 0x94 ->
                    frame(
                            group,
                            new Content().octets(CELLS, 1, 0, 0, 0).pair(12).octets(0));
                case 0x95 -> cells(now);
                case 0x96 -> frame(group, new Content().octets(1, degrees, 0, 0, 0, 0, 0, 0));
                default -> frame(group, new Content().octets(0, 0, 0, 0, 0, 0, 0, 0));
            };
        }

        /** Three cells a frame; the rest of the last one holds what happens to be there. */
        private static byte[] cells(SimulatedValues now) {
            Content frames = new Content();
            for (int first = 0; first < CELLS; first += 3) {
                Content content = new Content().octets(first / 3 + 1);
                for (int cell = first; cell < first + 3; cell++) {
                    content.pair(cell < CELLS ? cellMillivolts(now, cell) : 0x1234);
                }
                for (byte octet : frame(0x95, content.octets(0))) {
                    frames.octets(octet);
                }
            }
            return frames.toBytes();
        }

        private static byte[] frame(int group, Content content) {
            byte[] frame = new byte[FRAME];
            frame[0] = (byte) 0xA5;
            frame[1] = 1;
            frame[2] = (byte) group;
            frame[3] = 8;
            System.arraycopy(content.toBytes(), 0, frame, 4, 8);
            frame[FRAME - 1] = (byte) sum(frame, 0, FRAME - 1);
            return frame;
        }
    }

    /** JK inverter BMS; the download is asked for by a write of zero to one of three registers. */
    final class JkPb implements BmsSpeech {
        private static final int QUESTION = 11;
        private static final int FRAME = 300;
        private static final List<Integer> TRIGGERS = List.of(0x161E, 0x1620, 0x161C);

        private final int unit;

        JkPb(int unit) {
            this.unit = unit;
        }

        @Override
        public int questionLength(byte[] buffer, int length) {
            return QUESTION;
        }

        /** Any other register is a real one. */
        @Override
        public boolean isWrite(byte[] question) {
            return !TRIGGERS.contains(register(question)) || question[7] != 0 || question[8] != 0;
        }

        private static int register(byte[] question) {
            return (question[2] & 0xFF) << 8 | (question[3] & 0xFF);
        }

        @Override
        public Optional<byte[]> answer(byte[] question, SimulatedValues now) {
            if (question[0] != unit
                    || question[1] != 0x10
                    || !RtuFrame.crcFits(question, 0, QUESTION)
                    || isWrite(question)) {
                return Optional.empty();
            }
            byte[] answer = Arrays.copyOf(frame(1 + TRIGGERS.indexOf(register(question)), now), FRAME + 8);
            byte[] reply = RtuFrame.withCrc(unit, 0x10, question[2], question[3], 0, 1);
            System.arraycopy(reply, 0, answer, FRAME, reply.length);
            return Optional.of(answer);
        }

        private static byte[] frame(int type, SimulatedValues now) {
            byte[] frame = new byte[FRAME];
            put(frame, 0, 0x90EBAA55L, 4);
            put(frame, 4, type, 1);
            if (type == 2) {
                live(frame, now);
            }
            frame[FRAME - 1] = (byte) sum(frame, 0, FRAME - 1);
            return frame;
        }

        private static void live(byte[] frame, SimulatedValues now) {
            for (int cell = 0; cell < CELLS; cell++) {
                put(frame, 6 + 2 * cell, cellMillivolts(now, cell), 2);
            }
            long tenths = Math.round(now.batteryC() * 10);
            put(frame, 144, tenths + 30, 2);
            put(frame, 150, Math.round(now.batteryV() * 1000), 4);
            put(frame, 154, Math.round(Math.abs(now.batteryV() * now.batteryA()) * 1000), 4);
            put(frame, 158, Math.round(now.batteryA() * 1000), 4);
            put(frame, 162, tenths, 2);
            put(frame, 164, tenths, 2);
            put(frame, 173, Math.round(now.socPercent()), 1);
            put(frame, 174, Math.round(now.socPercent() * 1000), 4);
            put(frame, 178, 100_000, 4);
            put(frame, 182, 12, 4);
            put(frame, 190, 100, 1);
            put(frame, 198, 1, 1);
            put(frame, 199, 1, 1);
            put(frame, 214, 0b110, 1);
        }

        private static void put(byte[] frame, int at, long number, int length) {
            for (int i = 0; i < length; i++) {
                frame[at + i] = (byte) (number >> (8 * i));
            }
        }
    }

    /** Junctek KG: lines of text; its direction is 0 while charging. */
    final class Junctek implements BmsSpeech {
        private static final int LINE_MAX = 80;

        private final int unit;

        Junctek(int unit) {
            this.unit = unit;
        }

        @Override
        public int questionLength(byte[] buffer, int length) {
            if (buffer[0] != ':') {
                return -1;
            }
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '\n') {
                    return i + 1;
                }
            }
            return length > LINE_MAX ? -1 : 0;
        }

        @Override
        public boolean isWrite(byte[] question) {
            return question[1] != 'R';
        }

        @Override
        public Optional<byte[]> answer(byte[] question, SimulatedValues now) {
            return switch (new String(question, StandardCharsets.US_ASCII).strip()) {
                case String line
                when line.equals(":R50=%d,2,1,".formatted(unit)) -> Optional.of(line(50, measured(now)));
                case String line
                when line.equals(":R51=%d,2,1,".formatted(unit)) ->
                    Optional.of(line(51, 1460L, 1050L, 10_000L, 10_000L, 200_000L, 180L, 5L, 5L, 1000L));
                default -> Optional.empty();
            };
        }

        private static long[] measured(SimulatedValues now) {
            return new long[] {
                Math.round(now.batteryV() * 100),
                Math.round(Math.abs(now.batteryA()) * 100),
                Math.round(now.socPercent() * 1000),
                12_345,
                9437,
                86_400,
                Math.round(now.batteryC()) + 100,
                0,
                0,
                now.batteryA() < 0 ? 1 : 0,
                600,
                850
            };
        }

        private byte[] line(int group, long... numbers) {
            StringBuilder text = new StringBuilder(
                    ":r%d=%d,%d,".formatted(group, unit, Arrays.stream(numbers).sum() % 255 + 1));
            Arrays.stream(numbers).forEach(number -> text.append(number).append(','));
            return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        }
    }
}

package sunpeer.drivers.vedirect;

import sunpeer.drivers.vedirect.HexMessage.Flags;
import sunpeer.drivers.vedirect.HexMessage.Malformed;
import sunpeer.drivers.vedirect.HexMessage.Occasion;

/** One digit for the command, then bytes of two digits, the last of them a checksum. Pure. */
final class HexParser {
    /** Command, bytes and checksum add up to this. */
    private static final int SUM = 0x55;

    /** Register number and flags. */
    private static final int REGISTER_HEAD = 3;

    private static final int VALUE_MAX = 8;

    private HexParser() {}

    static HexMessage parse(String text) {
        if (text.length() < 3 || text.length() % 2 == 0 || text.length() > VeDirectDecoder.HEX_MAX) {
            return new Malformed(text.length() + " digits");
        }
        int command = Character.digit(text.charAt(0), 16);
        int[] bytes = new int[text.length() / 2];
        int sum = command;
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(1 + 2 * i), 16);
            int low = Character.digit(text.charAt(2 + 2 * i), 16);
            if (command < 0 || high < 0 || low < 0) {
                return new Malformed("not all of it hexadecimal");
            }
            bytes[i] = high << 4 | low;
            sum += bytes[i];
        }
        return (sum & 0xFF) == SUM ? message(command, bytes, text) : new Malformed("wrong checksum");
    }

    private static HexMessage message(int command, int[] bytes, String text) {
        int length = bytes.length - 1;
        return switch (command) {
            case 0x1 -> new HexMessage.Done(text.substring(1, 1 + 2 * length));
            case 0x3 -> length == 1 || length == 2 ? new HexMessage.UnknownCommand(bytes[0]) : odd(command, length);
            case 0x4 -> length == 2 ? new HexMessage.Complaint(number(bytes, 0, 2)) : odd(command, length);
            case 0x5 -> length == 2 ? new HexMessage.Ping(number(bytes, 0, 2)) : odd(command, length);
            case 0x6 -> length == 0 ? new HexMessage.Restart() : odd(command, length);
            case 0x7 -> register(Occasion.GET, bytes, length);
            case 0x8 -> register(Occasion.SET, bytes, length);
            case 0xA -> register(Occasion.ASYNCHRONOUS, bytes, length);
            default -> odd(command, length);
        };
    }

    private static HexMessage register(Occasion occasion, int[] bytes, int length) {
        if (length < REGISTER_HEAD) {
            return new Malformed("register frame of " + length + " bytes");
        }
        int register = number(bytes, 0, 2);
        Flags flags = new Flags(bytes[2]);
        int valueLength = length - REGISTER_HEAD;
        if (!flags.none()) {
            return new HexMessage.Register(occasion, register, flags, 0, 0);
        }
        if (valueLength < 1 || valueLength > VALUE_MAX) {
            return new Malformed("register 0x%04X with a value of %d bytes".formatted(register, valueLength));
        }
        long value = 0;
        for (int i = valueLength - 1; i >= 0; i--) {
            value = value << 8 | bytes[REGISTER_HEAD + i];
        }
        return value < 0
                ? new Malformed("register 0x%04X with more than 63 bits".formatted(register))
                : new HexMessage.Register(occasion, register, flags, value, valueLength);
    }

    private static int number(int[] bytes, int from, int length) {
        int number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = number << 8 | bytes[from + i];
        }
        return number;
    }

    private static HexMessage odd(int command, int length) {
        return new Malformed("command %X with %d bytes".formatted(command, length));
    }
}

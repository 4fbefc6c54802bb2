package sunpeer.drivers.vedirect;

/**
 * What a VE.Direct HEX frame says. Sunpeer asks nothing in HEX, because any HEX message stops the text for seconds; but
 * devices send registers by themselves, and another reader on the same device may ask.
 */
public sealed interface HexMessage {
    /** Answer to a ping; the version as the device holds it, {@code 0x4116} for 1.16. */
    record Ping(int version) implements HexMessage {}

    /**
     * A question that was answered with nothing but bytes: a version or a product id.
     *
     * @param digits as sent, two for a byte
     */
    record Done(String digits) implements HexMessage {}

    /** The device does not know this command. */
    record UnknownCommand(int command) implements HexMessage {}

    /** The device understood a frame that somebody sent wrongly: {@code 0xAAAA} is a framing error. */
    record Complaint(int code) implements HexMessage {}

    /** Somebody restarts the device. */
    record Restart() implements HexMessage {}

    /** Why a register frame comes. */
    enum Occasion {
        GET,
        SET,
        /** By itself, when the value has changed or a second has passed. */
        ASYNCHRONOUS
    }

    /**
     * A register.
     *
     * @param value little-endian, up to eight bytes, not negative; 0 when a flag is set
     * @param length bytes of the value
     */
    record Register(Occasion occasion, int register, Flags flags, long value, int length) implements HexMessage {}

    /** Why a register has no value; several may be set. */
    record Flags(int bits) {
        public boolean none() {
            return bits == 0;
        }

        public boolean unknownRegister() {
            return (bits & 1) != 0;
        }

        public boolean notSupported() {
            return (bits & 2) != 0;
        }

        public boolean parameterError() {
            return (bits & 4) != 0;
        }
    }

    record Malformed(String reason) implements HexMessage {}

    /** @param text of a frame between colon and line end: {@code "ADBED001A0D5C"}; anything else is Malformed, never thrown */
    static HexMessage parse(String text) {
        return HexParser.parse(text);
    }
}

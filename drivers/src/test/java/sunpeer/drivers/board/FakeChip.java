package sunpeer.drivers.board;

/** A chip on an I²C bus, as seen from the two wires. */
interface FakeChip {
    /** @return false when it does not acknowledge */
    boolean write(byte[] message, long nowMillis);

    /** @return nothing when it does not acknowledge */
    byte[] read(int count, long nowMillis);

    default boolean ownedByDriver() {
        return false;
    }
}

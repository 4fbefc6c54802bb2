package sunpeer.drivers.profile;

import java.util.List;

/**
 * A device family. Immutable.
 *
 * @param family for people: {@code "EPEVER Tracer"}
 * @param baud default bits per second, 0 without serial wires
 * @param unit default Modbus unit
 * @param tcpPort default TCP port, 0 without TCP
 * @param gapMillis silence the device needs between two requests
 * @param identity answers function 43/14 with vendor, model and revision
 * @param points in the order they are shown; several of one name are alternatives, the first that is there counts
 * @param captures files of frames and expected values that it must decode
 */
public record Profile(
        String id,
        String family,
        Kind kind,
        Protocol protocol,
        boolean serial,
        boolean tcp,
        int baud,
        int unit,
        int tcpPort,
        int gapMillis,
        boolean identity,
        List<Block> blocks,
        List<Point> points,
        List<String> captures) {
    public Profile {
        blocks = List.copyOf(blocks);
        points = List.copyOf(points);
        captures = List.copyOf(captures);
    }

    public enum Kind {
        CHARGE_CONTROLLER("a charge controller"),
        /** A shunt: sees the battery only. */
        BATTERY_MONITOR("a battery monitor"),
        /** A battery management system: sees the battery only. */
        BMS("a battery management system");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** What is spoken on the wire. A codec of its own brings its points either as registers or as labelled fields. */
    public enum Protocol {
        MODBUS(true),
        VEDIRECT(false);

        private final boolean registers;

        Protocol(boolean registers) {
            this.registers = registers;
        }

        /** Whether points are registers in blocks, else fields that come by themselves. */
        public boolean registers() {
            return registers;
        }
    }
}

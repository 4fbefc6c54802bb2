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
 * @param identify how `sunpeer probe` recognises it
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
        List<String> captures,
        List<Identify> identify) {
    /** A profile made in code: nothing identifies it but the code itself. */
    public Profile(
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
        this(
                id, family, kind, protocol, serial, tcp, baud, unit, tcpPort, gapMillis, identity, blocks, points,
                captures, List.of());
    }

    public Profile {
        identify = List.copyOf(identify);
        blocks = List.copyOf(blocks);
        points = List.copyOf(points);
        captures = List.copyOf(captures);
    }

    /** The same family, of which only some blocks are asked for; what stands in the others is absent. */
    public Profile asking(List<Block> some) {
        return new Profile(
                id, family, kind, protocol, serial, tcp, baud, unit, tcpPort, gapMillis, identity, some, points,
                captures, identify);
    }

    public enum Kind {
        CHARGE_CONTROLLER("a charge controller"),
        /** A shunt: sees the battery only. */
        BATTERY_MONITOR("a battery monitor"),
        /** A battery management system: sees the battery only. */
        BMS("a battery management system"),
        /** Sees its panels and its loads; a reading of it has no battery. */
        INVERTER("an inverter");

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
        /** Modbus; which registers hold what is asked of the device itself. Blocks are the places of its mark. */
        SUNSPEC(true),
        VEDIRECT(false),
        JBD(true),
        /** Daly on UART: frames of 13 bytes. */
        DALY_A5(true),
        /** Asked by a Modbus write, answers with a frame of 300 bytes. */
        JK_PB(true),
        JUNCTEK(true);

        private final boolean registers;

        Protocol(boolean registers) {
            this.registers = registers;
        }

        /** Whether it is asked by Modbus, however framed. */
        public boolean modbus() {
            return this == MODBUS || this == SUNSPEC;
        }

        /** Whether several devices can be on one wire; the others talk unasked, or are asked without a unit. */
        public boolean shares() {
            return modbus() || this == JK_PB || this == JUNCTEK;
        }

        /** Whether points are registers in blocks, else fields that come by themselves. */
        public boolean registers() {
            return registers;
        }
    }
}

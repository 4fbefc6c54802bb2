package sunpeer.drivers.profile;

import java.util.List;
import java.util.Map;

/**
 * A device family. Immutable.
 *
 * @param family for people: {@code "EPEVER Tracer"}
 * @param baud default bits per second, 0 without serial wires
 * @param unit default Modbus unit
 * @param tcpPort default TCP port, 0 without TCP
 * @param gapMillis silence the device needs between two requests
 */
public record Profile(
        String id,
        String family,
        Protocol protocol,
        boolean serial,
        boolean tcp,
        int baud,
        int unit,
        int tcpPort,
        int gapMillis,
        List<Block> blocks,
        Map<Quantity, Point> points) {
    public enum Protocol {
        MODBUS,
        VEDIRECT
    }
}

package sunpeer.drivers;

/**
 * What a profile takes when the owner says nothing else.
 *
 * @param profile id of the profile
 * @param family device family, for people
 * @param serial whether it can be read over a serial port
 * @param tcp whether it can be read over TCP
 * @param baud bits per second
 * @param unit Modbus unit id; 0 when the profile has none
 * @param tcpPort port number; 0 without TCP
 */
public record WireDefaults(
        String profile, String family, boolean serial, boolean tcp, int baud, int unit, int tcpPort) {}

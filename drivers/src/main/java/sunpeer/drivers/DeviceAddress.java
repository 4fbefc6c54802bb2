package sunpeer.drivers;

/**
 * Where a device is and which profile reads it.
 *
 * @param profile id of a device profile, such as {@code "epever"}
 * @param wire how it is reached
 * @param unit Modbus unit id, 1 to 255; ignored by VE.Direct
 */
public record DeviceAddress(String profile, Wire wire, int unit) {
    public sealed interface Wire {
        /**
         * @param path a device path, best one under /dev/serial/by-id; resolved anew at every open
         * @param baud bits per second; 0 takes the profile's own
         */
        record Serial(String path, int baud) implements Wire {}

        /** Modbus TCP. */
        record Tcp(String host, int port) implements Wire {}

        /** Modbus RTU frames over a socket: a serial gateway, or EPEVER's dongle. */
        record RtuOverTcp(String host, int port) implements Wire {}

        /** For people: the path of the port, or host and port. */
        default String where() {
            return switch (this) {
                case Serial(String path, int _) -> path;
                case Tcp(String host, int port) -> host + ":" + port;
                case RtuOverTcp(String host, int port) -> host + ":" + port;
            };
        }
    }
}

package sunpeer.appliance.sync;

import java.util.Optional;

/**
 * Where the broker is and how to log in. Immutable.
 *
 * @param password kept out of logs: {@link #toString} does not show it
 */
public record Broker(String host, int port, Optional<String> user, Optional<String> password) {
    String uri() {
        return "tcp://" + host + ":" + port;
    }

    @Override
    public String toString() {
        return "mqtt://" + host + ":" + port;
    }
}

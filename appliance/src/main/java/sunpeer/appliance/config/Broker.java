package sunpeer.appliance.config;

import java.nio.file.Path;
import java.util.Optional;

/** The MQTT broker that carries messages between peers. Immutable. */
public record Broker(String host, int port, Optional<Login> login) {
    public static final int STANDARD_PORT = 1883;

    /** @param passwordFile holds the password and nothing else; it is not read here */
    public record Login(String user, Path passwordFile) {}

    /** What an owner writes and a log may show. */
    public String url() {
        return "mqtt://" + host + ":" + port;
    }
}

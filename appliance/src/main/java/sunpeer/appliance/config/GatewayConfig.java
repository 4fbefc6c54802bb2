package sunpeer.appliance.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the operator of a gateway wrote into its file. Immutable. */
public record GatewayConfig(Path data, Duration tempo, Broker broker, Optional<DemoClock> clock) {}

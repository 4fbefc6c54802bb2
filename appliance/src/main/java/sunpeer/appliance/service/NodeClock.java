package sunpeer.appliance.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import sunpeer.appliance.config.DemoClock;

/**
 * The clock of a process: the real one, or an accelerated one that several processes share by three numbers. Immutable and
 * thread-safe.
 */
public final class NodeClock implements InstantSource {
    private final InstantSource real;
    private final Optional<DemoClock> demo;

    public NodeClock(InstantSource real, Optional<DemoClock> demo) {
        this.real = real;
        this.demo = demo;
    }

    @Override
    public Instant instant() {
        Instant now = real.instant();
        return demo.map(clock -> clock.shown(now)).orElse(now);
    }

    /** How long a time of this clock lasts in the real world. */
    public Duration real(Duration shown) {
        return demo.map(clock -> shown.dividedBy(clock.speed())).orElse(shown);
    }
}

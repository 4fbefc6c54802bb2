package sunpeer.appliance.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import sunpeer.appliance.node.Command;
import sunpeer.appliance.node.Event;
import sunpeer.appliance.sync.NodeLink;

/**
 * Puts the board to sleep, on a thread of its own: the alarm first, for without it nothing would wake the board; then the farewell
 * to the broker; then sleep. What it cannot do it takes back and reports. Only {@link #sleep} may be called from elsewhere.
 */
final class Sleeper {
    private static final Duration FAREWELL = Duration.ofSeconds(15);

    private final Machine machine;
    private final Machine.Ability ability;
    private final RtcAlarm alarm;
    private final NodeLink link;
    private final InstantSource clock;
    private final BlockingQueue<Event> events;
    private final BlockingQueue<Command.Sleep> asked = new ArrayBlockingQueue<>(1);

    /** @param events takes what came of it */
    Sleeper(
            Machine machine,
            Machine.Ability ability,
            RtcAlarm alarm,
            NodeLink link,
            InstantSource clock,
            BlockingQueue<Event> events) {
        this.machine = machine;
        this.ability = ability;
        this.alarm = alarm;
        this.link = link;
        this.clock = clock;
        this.events = events;
    }

    /** What came before is durable. */
    void sleep(Command.Sleep command) {
        asked.offer(command);
    }

    void run() throws InterruptedException {
        while (true) {
            Command.Sleep command = asked.take();
            Optional<String> refused = switch (ability) {
                case Machine.Ability.Unable(String why) -> Optional.of(why);
                case Machine.Ability.Able(Machine.Way way) -> sleep(way, command.until());
            };
            Instant now = clock.instant();
            events.put(refused.isPresent() ? new Event.SleepRefused(now, refused.get()) : new Event.Woke(now));
        }
    }

    private Optional<String> sleep(Machine.Way way, Instant until) throws InterruptedException {
        Optional<String> unset = alarm.set(until, clock.instant());
        if (unset.isPresent()) {
            return unset;
        }
        link.rest();
        link.awaitRest(FAREWELL);
        Optional<String> refused = switch (way) {
            case SUSPEND -> machine.suspend();
            case HALT -> machine.halt();
        };
        if (refused.isPresent()) {
            alarm.clear();
        }
        return refused;
    }
}

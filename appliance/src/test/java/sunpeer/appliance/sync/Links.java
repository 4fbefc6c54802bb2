package sunpeer.appliance.sync;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import sunpeer.appliance.Patience;
import sunpeer.appliance.gateway.GatewayEvent;
import sunpeer.appliance.node.Event;

/** Links to a broker on this machine with what they tell their owners. */
final class Links {
    static final Duration LIMIT = Duration.ofSeconds(15);

    private Links() {}

    static Broker broker(int port) {
        return new Broker("127.0.0.1", port, Optional.empty(), Optional.empty());
    }

    record Node(NodeLink link, List<Event> events) implements AutoCloseable {
        static Node start(String id, Broker broker) {
            List<Event> events = new CopyOnWriteArrayList<>();
            NodeLink link = new NodeLink(
                    id,
                    broker,
                    InstantSource.system(),
                    events::add,
                    view -> "{\"name\":\"" + view.name() + "\"}",
                    prices -> "{\"price_per_wh\":" + prices.perWh() + "}",
                    new Random(1));
            link.start();
            return new Node(link, events);
        }

        long ups() {
            return events.stream().filter(Event.LinkUp.class::isInstance).count();
        }

        /** What the link said each time that it was down. */
        List<String> whys() {
            return events.stream()
                    .flatMap(event ->
                            event instanceof Event.LinkDown(var _, String why) ? Stream.of(why) : Stream.empty())
                    .toList();
        }

        void awaitUps(long count) throws Exception {
            Patience.until(count + " times up", LIMIT, () -> ups() >= count);
        }

        void awaitDowns(int count) throws Exception {
            Patience.until(count + " times down", LIMIT, () -> whys().size() >= count);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    record Gateway(GatewayLink link, List<GatewayEvent> events) implements AutoCloseable {
        static Gateway start(String id, Broker broker) throws Exception {
            List<GatewayEvent> events = new CopyOnWriteArrayList<>();
            GatewayLink link = new GatewayLink(id, broker, InstantSource.system(), events::add, new Random(2));
            link.start();
            Gateway gateway = new Gateway(link, events);
            Patience.until("gateway up", LIMIT, () -> events.stream().anyMatch(GatewayEvent.LinkUp.class::isInstance));
            return gateway;
        }

        @Override
        public void close() {
            link.close();
        }
    }
}

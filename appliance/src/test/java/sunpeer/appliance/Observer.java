package sunpeer.appliance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import sunpeer.appliance.ledger.Bytes;

/** Somebody else on the broker, who sees all that is sent and may send anything. Thread-safe. */
public final class Observer implements AutoCloseable {
    private static final long LIMIT_MS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One message as the broker delivered it. */
    public record Seen(String topic, Bytes payload, boolean retained) {
        public String text() {
            return payload.text();
        }

        @Override
        public String toString() {
            return topic + (retained ? " (retained)" : "") + " " + payload.length() + " bytes";
        }
    }

    private final MqttAsyncClient client;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private Observer(MqttAsyncClient client) {
        this.client = client;
    }

    /** Sees everything, first what is retained. */
    public static Observer on(int port) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient(
                "tcp://127.0.0.1:" + port, "observer-" + System.nanoTime(), new MemoryPersistence());
        Observer observer = new Observer(client);
        client.setCallback(observer.new Ear());
        client.connect().waitForCompletion(LIMIT_MS);
        client.subscribe("#", 1).waitForCompletion(LIMIT_MS);
        return observer;
    }

    public void send(String topic, byte[] payload, boolean retained) throws MqttException {
        client.publish(topic, payload, 1, retained).waitForCompletion(LIMIT_MS);
    }

    public List<Seen> seen() {
        return seen;
    }

    public void forget() {
        seen.clear();
    }

    /** The newest message there. */
    public Optional<Seen> last(String topic) {
        return seen.stream().filter(one -> one.topic().equals(topic)).reduce((first, second) -> second);
    }

    /** Waits for a message with this text. */
    public void await(String topic, String text) throws Exception {
        Patience.until(
                topic + " says " + text,
                PATIENCE,
                () -> seen.stream()
                        .anyMatch(one -> one.topic().equals(topic) && one.text().equals(text)));
    }

    /** Waits for a message with these bytes. */
    public void await(String topic, byte[] payload) throws Exception {
        Bytes wanted = Bytes.of(payload);
        Patience.until(
                topic + " brings " + payload.length + " bytes",
                PATIENCE,
                () -> seen.stream()
                        .anyMatch(one ->
                                one.topic().equals(topic) && one.payload().equals(wanted)));
    }

    /** What the broker keeps for a newcomer. */
    public static Optional<Seen> retained(int port, String topic) throws Exception {
        try (Observer newcomer = on(port)) {
            newcomer.send("observer/done", new byte[0], false);
            Patience.until(
                    "all retained messages",
                    PATIENCE,
                    () -> newcomer.last("observer/done").isPresent());
            return newcomer.seen.stream()
                    .filter(one -> one.topic().equals(topic) && one.retained())
                    .findFirst();
        }
    }

    @Override
    public void close() throws MqttException {
        try {
            client.disconnect().waitForCompletion(1_000);
        } catch (MqttException gone) {
            // The broker went first.
        }
        client.close(true);
    }

    private final class Ear implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            seen.add(new Seen(topic, Bytes.of(message.getPayload()), message.isRetained()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}

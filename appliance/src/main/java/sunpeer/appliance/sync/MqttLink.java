package sunpeer.appliance.sync;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.ledger.Bytes;

/**
 * Keeps one MQTT connection alive on a thread of its own.
 *
 * <p>Thread-safe. Each connection has a Paho client of its own that dies with it, with memory persistence and without
 * Paho's reconnecting: its stored state can poison every later connection (paho.mqtt.java #1104). What must not be lost is
 * in the store's outbox and is sent again from there, so a message that meets a broken link may simply be dropped.
 */
final class MqttLink implements AutoCloseable {
    /** What a link tells its owner; called on Paho's or the link's thread, must not block. */
    interface Listener {
        void up();

        /** @param why one sentence for people */
        void down(String why);

        void arrived(String topic, Bytes payload);
    }

    /**
     * @param status topic of the birth and the will
     */
    record Identity(String clientId, String status, List<String> subscriptions) {}

    private static final int QUEUE = 1_000;
    private static final int KEEP_ALIVE_S = 30;
    private static final int CONNECT_TIMEOUT_S = 10;
    private static final long PUBLISH_TIMEOUT_MS = 10_000;
    private static final Duration BACK_OFF_MIN = Duration.ofMillis(500);
    private static final Duration BACK_OFF_MAX = Duration.ofSeconds(60);
    /** The largest message of ours is a run of entries; anybody may write to a broker, and a board has little memory. */
    private static final long PACKET_BYTES_MAX = 262_144;

    private static final int QOS = 1;

    // for the process
    private final Broker broker;
    private final Identity identity;
    private final Listener listener;
    private final RandomGenerator jitter;
    private final BlockingQueue<Message> outgoing = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;
    private final Pause pause = new Pause();
    private volatile boolean closing;

    // for this connection
    private volatile boolean connected;
    private volatile @Nullable Callback current;

    MqttLink(Broker broker, Identity identity, Listener listener, RandomGenerator jitter) {
        this.broker = broker;
        this.identity = identity;
        this.listener = listener;
        this.jitter = jitter;
        this.thread = Thread.ofPlatform().name("mqtt").daemon().unstarted(this::keepConnected);
    }

    void start() {
        thread.start();
    }

    /** Sends if there is a connection; else, or when too much waits already, the message is dropped. */
    void send(Message message) {
        if (connected) {
            outgoing.offer(message);
        }
    }

    /** Parts from the broker in order, until {@link #resume}. */
    void rest() {
        pause.begin();
    }

    /** Waits until the broker has been left, which may never be known where the network hangs. */
    void awaitRest(Duration limit) throws InterruptedException {
        pause.awaitEntered(limit);
    }

    void resume() {
        pause.end();
    }

    private void keepConnected() {
        Duration backOff = BACK_OFF_MIN;
        while (!closing) {
            try {
                if (pause.isWanted()) {
                    pause.passUnless(() -> closing);
                    backOff = BACK_OFF_MIN;
                    continue;
                }
                if (session()) {
                    backOff = BACK_OFF_MIN;
                }
                long millis = backOff.toMillis() / 2 + jitter.nextLong(backOff.toMillis());
                Duration doubled = backOff.multipliedBy(2);
                backOff = doubled.compareTo(BACK_OFF_MAX) > 0 ? BACK_OFF_MAX : doubled;
                if (!closing && !pause.isWanted()) {
                    TimeUnit.MILLISECONDS.sleep(millis);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** One connection from birth to death; true if it came to life. */
    private boolean session() throws InterruptedException {
        MqttAsyncClient client = null;
        boolean lived = false;
        String why = "the radio rests to save energy";
        try {
            client = new MqttAsyncClient(broker.uri(), identity.clientId(), new MemoryPersistence());
            Callback callback = new Callback();
            client.setCallback(callback);
            current = callback;
            outgoing.clear();
            client.connect(options()).waitForCompletion(TimeUnit.SECONDS.toMillis(CONNECT_TIMEOUT_S));
            for (String subscription : identity.subscriptions()) {
                client.subscribe(subscription, QOS).waitForCompletion(PUBLISH_TIMEOUT_MS);
            }
            publish(client, Message.text(identity.status(), "online", true));
            connected = true;
            lived = true;
            listener.up();
            pump(client);
        } catch (MqttException e) {
            why = explain(e);
        } catch (RuntimeException fault) {
            // A fault inside Paho costs this connection, not the thread that makes the next.
            why = "the MQTT client failed on " + broker + ": " + fault;
        } finally {
            connected = false;
            if (client != null) {
                end(client);
            }
        }
        if (!closing) {
            listener.down(why);
        }
        return lived;
    }

    private void pump(MqttAsyncClient client) throws MqttException, InterruptedException {
        while (!isLeaving() && connected && client.isConnected()) {
            Message next = outgoing.poll(500, TimeUnit.MILLISECONDS);
            if (next != null) {
                publish(client, next);
            }
        }
        for (Message last = outgoing.poll(); isLeaving() && last != null; last = outgoing.poll()) {
            publish(client, last);
        }
        if (isLeaving() && client.isConnected()) {
            publish(client, Message.text(identity.status(), closing ? "offline" : "sleeping", true));
        } else if (!isLeaving()) {
            throw new MqttException(MqttClientException.REASON_CODE_CONNECTION_LOST);
        }
    }

    private boolean isLeaving() {
        return closing || pause.isWanted();
    }

    private static void publish(MqttAsyncClient client, Message message) throws MqttException {
        IMqttToken token = client.publish(message.topic(), message.payload().toArray(), QOS, message.retained());
        token.waitForCompletion(PUBLISH_TIMEOUT_MS);
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setCleanStart(true);
        options.setKeepAliveInterval(KEEP_ALIVE_S);
        options.setConnectionTimeout(CONNECT_TIMEOUT_S);
        options.setMaximumPacketSize(PACKET_BYTES_MAX);
        MqttMessage will = new MqttMessage("offline".getBytes(StandardCharsets.UTF_8), QOS, true, new MqttProperties());
        options.setWill(identity.status(), will);
        broker.user().ifPresent(options::setUserName);
        broker.password().ifPresent(password -> options.setPassword(password.getBytes(StandardCharsets.UTF_8)));
        return options;
    }

    private static void end(MqttAsyncClient client) {
        try {
            if (client.isConnected()) {
                client.disconnect().waitForCompletion(PUBLISH_TIMEOUT_MS);
            }
        } catch (MqttException e) {
            // The connection is going away; that it could not be told so changes nothing.
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            // Paho refuses to close what it thinks is still connecting; the object is dropped either way.
        }
    }

    private String explain(MqttException e) {
        Throwable cause = e.getCause();
        int code = e.getReasonCode();
        if (cause instanceof ConnectException) {
            return "the broker " + broker + " refuses the connection: is it running there, on this port?";
        }
        if (cause instanceof UnknownHostException) {
            return "the broker's host " + broker.host() + " is unknown: check broker.url and the network";
        }
        return switch (code) {
            case MqttClientException.REASON_CODE_CONNECTION_LOST -> "the connection to " + broker + " was lost";
            case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> "the broker " + broker + " does not answer";
            case 134 -> "the broker " + broker + " does not accept user or password";
            case 135 -> "the broker " + broker + " does not let this user in";
            default ->
                "no connection to " + broker + " (reason " + code + (cause == null ? "" : ", " + cause.getMessage())
                        + ")";
        };
    }

    @Override
    public void close() {
        closing = true;
        pause.end();
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private final class Callback implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            listener.arrived(topic, Bytes.of(message.getPayload()));
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            lost();
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
            lost();
        }

        /** Late news of an earlier connection must not end this one. */
        private void lost() {
            if (current == this) {
                connected = false;
            }
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}

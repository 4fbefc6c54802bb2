package sunpeer.appliance.sync;

import sunpeer.appliance.ledger.Bytes;

/** One MQTT message. Immutable. */
record Message(String topic, Bytes payload, boolean retained) {
    static Message text(String topic, String text, boolean retained) {
        return new Message(topic, Bytes.ofText(text), retained);
    }
}

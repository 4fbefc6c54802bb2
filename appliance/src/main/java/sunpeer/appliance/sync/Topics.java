package sunpeer.appliance.sync;

/**
 * Every topic of version 1 of the protocol.
 *
 * <table>
 *   <caption>All below {@code sunpeer/1/}</caption>
 *   <tr><td>{@code ID/plan}</td><td>JSON, retained: what a stored watt-hour is worth, and the next 48 hours</td></tr>
 *   <tr><td>{@code ID/forecast}</td><td>JSON, to the node: a forecast of a day's sun, see {@link ForecastText}</td></tr>
 *   <tr><td>{@code ID/status}</td><td>{@code online}, {@code offline} or {@code sleeping}, retained; the will says offline. What
 *   sleeps has parted in order and tells in its state when it will be back</td></tr>
 *   <tr><td>{@code ID/state}</td><td>JSON, retained: what the node is doing; while it saves energy {@code stage} says how, and
 *   {@code returns_at} from when on it can be reached again</td></tr>
 *   <tr><td>{@code ID/score/WINDOW}</td><td>JSON: how the node scored the others</td></tr>
 *   <tr><td>{@code ID/rewards}</td><td>JSON, retained: what the node earned, as it verified it</td></tr>
 *   <tr><td>{@code ID/entry}</td><td>binary: a signed entry for the gateway</td></tr>
 *   <tr><td>{@code ID/want}</td><td>decimal text: the gateway shall send entries from this index on</td></tr>
 *   <tr><td>{@code ID/leaves}</td><td>binary, from the gateway: entries and the checkpoint that covers them</td></tr>
 *   <tr><td>{@code ID/receipt}</td><td>binary, from the gateway: proof that an entry is in the log</td></tr>
 *   <tr><td>{@code ID/refusal}</td><td>text, from the gateway: why it does not take an entry</td></tr>
 *   <tr><td>{@code gateway/status}</td><td>as above, of the gateway</td></tr>
 *   <tr><td>{@code gateway/checkpoint}</td><td>signed note, retained: the newest checkpoint</td></tr>
 * </table>
 *
 * ID is the peer's key in twelve hexadecimal digits.
 */
final class Topics {
    static final String ROOT = "sunpeer/1/";
    static final String GATEWAY = "gateway";
    static final String CHECKPOINT = ROOT + GATEWAY + "/checkpoint";

    private Topics() {}

    static String of(String id, String leaf) {
        return ROOT + id + "/" + leaf;
    }

    /** The ID in a topic {@code sunpeer/1/ID/leaf}, empty if it has another form. */
    static String idOf(String topic) {
        String[] parts = topic.split("/", -1);
        return parts.length == 4 ? parts[2] : "";
    }

    static String leafOf(String topic) {
        return topic.substring(topic.lastIndexOf('/') + 1);
    }
}

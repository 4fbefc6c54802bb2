package sunpeer.drivers;

/**
 * Hears what goes over a wire: for people who want to see it and for captures. Its methods are called on the thread that owns
 * the wire, and must not block it for long.
 */
public interface WireTap {
    WireTap NONE = new WireTap() {
        @Override
        public void sent(byte[] bytes) {}

        @Override
        public void received(byte[] bytes) {}

        @Override
        public void note(String text) {}
    };

    /** Whole, as it was given to the wire. */
    void sent(byte[] bytes);

    /** As much as came at once: a part of a frame, or more than one. */
    void received(byte[] bytes);

    /** What no bytes tell: why there is no answer. One line. */
    void note(String text);

    /** One after the other. */
    static WireTap both(WireTap first, WireTap second) {
        return new WireTap() {
            @Override
            public void sent(byte[] bytes) {
                first.sent(bytes);
                second.sent(bytes);
            }

            @Override
            public void received(byte[] bytes) {
                first.received(bytes);
                second.received(bytes);
            }

            @Override
            public void note(String text) {
                first.note(text);
                second.note(text);
            }
        };
    }
}

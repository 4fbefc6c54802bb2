package sunpeer.drivers.polling;

/** How a device has answered of late. */
public enum DeviceState {
    /** It answers; a single failed cycle does not change that. */
    OK,
    /** It failed twice in a row. */
    FLAKY,
    /** It failed more often, or its wire is away. It is asked more and more seldom, so that it does not slow the others. */
    OFFLINE,
    /** It lives on the panel alone, is silent, and it is dark: as it should be. No alarm. */
    ASLEEP
}

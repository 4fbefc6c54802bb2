package sunpeer.drivers.transport;

import java.util.List;

/**
 * Every write that may ever leave this program. Settings, battery types, voltages, addresses and resets are not here, so no
 * profile, configuration or mistake can send them.
 */
public enum AllowedWrite {
    /** EPEVER: the load output by manual control, ON is 0xFF00. Function 15 is not served for it. */
    EPEVER_LOAD("the load output", 5, 0x0002),
    /** SRNE, Renogy: the load output in manual mode. */
    SRNE_LOAD("the load output", 6, 0x010A),
    /** EPEVER: minute and second, day and hour, year and month; all three in one request or the clock tears. */
    EPEVER_CLOCK("the clock", 16, 0x9013);

    private static final int CLOCK_WORDS = 3;

    private final String name;
    private final int function;
    private final int address;

    AllowedWrite(String name, int function, int address) {
        this.name = name;
        this.function = function;
        this.address = address;
    }

    int function() {
        return function;
    }

    int address() {
        return address;
    }

    String describe() {
        return "%s (function %d at 0x%04X)".formatted(name, function, address);
    }

    void check(List<Integer> given) {
        boolean right = switch (this) {
            case EPEVER_LOAD -> given.equals(List.of(0x0000)) || given.equals(List.of(0xFF00));
            case SRNE_LOAD -> given.equals(List.of(0)) || given.equals(List.of(1));
            case EPEVER_CLOCK ->
                given.size() == CLOCK_WORDS && given.stream().allMatch(word -> word >= 0 && word <= 0xFFFF);
        };
        if (!right) {
            throw new IllegalArgumentException(given + " may not be written to " + describe());
        }
    }
}

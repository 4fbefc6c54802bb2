package sunpeer.drivers.probe;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import sunpeer.drivers.profile.Identify;
import sunpeer.drivers.profile.Identify.Ask;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Profiles;

/** One way to identify one family, and its place in the order in which a wire is asked. Immutable. */
record Question(Profile profile, Identify identify) {
    /** The first address that people leave a controller at. */
    private static final int USUAL_UNIT = 1;
    /** Every SRNE unit answers to it: on a line with several they would all speak at once. */
    static final int UNIVERSAL_UNIT = 255;

    private static final int FAST = 115_200;
    private static final int USUAL = 9600;

    /** What may be asked on a serial line, in order. */
    static List<Question> serial() {
        return all(question -> question.identify().baud() > 0);
    }

    /**
     * What may be asked at an address in a network, in order: first what lives there, then what a gateway may have behind it,
     * whose line has a speed of its own.
     */
    static List<Question> network() {
        return all(question -> question.identify().request().isPresent()
                && question.modbus()
                && (question.identify().tcpPort() > 0 || question.profile().tcp()));
    }

    /** The same for RTU over TCP, which only has serial lines behind it. */
    static List<Question> gateway() {
        return all(question -> question.identify().baud() > 0 && question.modbus());
    }

    private static List<Question> all(Predicate<Question> wanted) {
        return Profiles.ids().stream()
                .flatMap(id -> Profiles.find(id).stream())
                .flatMap(profile -> profile.identify().stream().map(identify -> new Question(profile, identify)))
                .filter(wanted)
                .sorted(Comparator.comparingInt(Question::rank))
                .toList();
    }

    boolean modbus() {
        return profile.protocol() == Profile.Protocol.MODBUS;
    }

    /** The harmless before the rare, the sure before the weak, controllers before batteries, other languages last. */
    private int rank() {
        if (identify.ask() instanceof Ask.Listen) {
            return 0;
        }
        if (identify.tcpPort() > 0) {
            return 1;
        }
        if (!modbus()) {
            return 60 + speed();
        }
        boolean controller = profile.kind() == Profile.Kind.CHARGE_CONTROLLER;
        return (controller ? 10 : 40) + speed() + step();
    }

    private int speed() {
        return switch (identify.baud()) {
            case FAST -> modbus() ? 0 : 5;
            case USUAL -> modbus() ? 5 : 0;
            default -> 10;
        };
    }

    private int step() {
        if (identify.ask() instanceof Ask.Identity) {
            return 0;
        }
        if (!identify.strong()) {
            return 4;
        }
        return identify.unit() == USUAL_UNIT ? 1 : identify.unit() == UNIVERSAL_UNIT ? 2 : 3;
    }
}

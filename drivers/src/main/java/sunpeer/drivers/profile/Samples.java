package sunpeer.drivers.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sunpeer.drivers.transport.Words;

/** What is known of a device at one poll, for any source of its profile. Pure. */
interface Samples {
    /** @param fresh false when it comes from an earlier poll */
    record Sample(Raw raw, boolean fresh) {}

    /** Nothing when the device does not have it, or has nothing in it that could be read. */
    Optional<Sample> of(Source source);

    /** @param words bits of functions 1 and 2 as words of 0 and 1 */
    record Found(int function, Words words, boolean fresh) {
        boolean has(Source.Register register) {
            return function == register.function() && words.covers(register.address(), register.words());
        }
    }

    static Samples ofRegisters(List<Found> pieces) {
        return source -> source instanceof Source.Register register
                ? pieces.stream()
                        .filter(piece -> piece.has(register))
                        .findFirst()
                        .flatMap(piece -> Raw.of(register, piece.words()).map(raw -> new Sample(raw, piece.fresh())))
                : Optional.empty();
    }

    static Samples ofFields(Map<String, String> fields) {
        return source -> source instanceof Source.Field field && fields.containsKey(field.label())
                ? Raw.of(field, fields.getOrDefault(field.label(), "")).map(raw -> new Sample(raw, true))
                : Optional.empty();
    }
}

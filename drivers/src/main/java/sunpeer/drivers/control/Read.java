package sunpeer.drivers.control;

import java.util.function.Function;

/** A value that was read, or why not. */
sealed interface Read<T> {
    record Ok<T>(T value) implements Read<T> {}

    record Failed<T>(String reason) implements Read<T> {}

    default <R> Read<R> then(Function<T, Read<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Failed<T>(String reason) -> new Failed<>(reason);
        };
    }
}

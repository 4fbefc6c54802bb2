package sunpeer.appliance.config;

import java.util.List;

/** What came of reading a file. */
public sealed interface ConfigResult<T> {
    record Ok<T>(T config, List<ConfigWarning> warnings) implements ConfigResult<T> {
        public Ok {
            warnings = List.copyOf(warnings);
        }
    }

    /** @param errors all of them, in the order of their lines; never empty */
    record Failed<T>(List<ConfigError> errors) implements ConfigResult<T> {
        public Failed {
            errors = List.copyOf(errors);
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("a file fails for a reason");
            }
        }
    }
}

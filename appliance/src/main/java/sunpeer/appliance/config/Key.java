package sunpeer.appliance.config;

/**
 * One key of a file: all that reading, errors and help need to know of it. Immutable.
 *
 * @param otherwise what happens without it
 * @param meaning one line for the owner
 * @param sample a right value as it is written in TOML
 */
record Key<T>(String table, String name, Form<T> form, Otherwise otherwise, String meaning, String sample) {
    sealed interface Otherwise {
        record Required() implements Otherwise {}

        /** @param value as TOML gives it; must be of the key's form */
        record Value(Object value) implements Otherwise {}

        /** @param words what is done without the key; empty if other keys of its group decide */
        record Nothing(String words) implements Otherwise {}
    }

    static Otherwise required() {
        return new Otherwise.Required();
    }

    static Otherwise value(Object value) {
        return new Otherwise.Value(value);
    }

    static Otherwise nothing(String words) {
        return new Otherwise.Nothing(words);
    }

    String path() {
        return table + "." + name;
    }

    String example() {
        return name + " = " + sample;
    }

    /** Passwords, and addresses that hold one, are never repeated on a screen or in a log. */
    static boolean isSecret(String name, String value) {
        return (name.contains("pass") && !name.equals("password_file")) || value.contains("@");
    }

    String describe() {
        String without = switch (otherwise) {
            case Otherwise.Required required -> "required; ";
            case Otherwise.Value value -> "default " + Shown.value(value.value()) + "; ";
            case Otherwise.Nothing nothing -> nothing.words().isEmpty() ? "" : nothing.words() + "; ";
        };
        return "  " + name + ": " + meaning + "\n      " + form.wanted() + "; " + without + "for example: " + example()
                + "\n";
    }
}

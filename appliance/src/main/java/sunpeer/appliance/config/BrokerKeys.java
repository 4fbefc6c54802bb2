package sunpeer.appliance.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of {@code [broker]}, the same in every kind of file. Immutable. */
final class BrokerKeys {
    static final String NO_PASSWORD =
            "does not belong here, because this file is shown, mailed and backed up: write the"
                    + " password into a file of its own and give its path";

    final Key<Forms.Endpoint> url = new Key<>(
            "broker", "url", Forms.broker(), Key.required(), "where the MQTT broker is", "\"mqtt://gateway.local\"");
    final Key<String> user = new Key<>(
            "broker", "user", Forms.user(), Key.nothing("without it, no login"), "who logs in", "\"sunpeer\"");
    final Key<Path> passwordFile = new Key<>(
            "broker",
            "password_file",
            Forms.path("the path of a file that holds only the password"),
            Key.nothing("goes together with user"),
            "where the password is kept",
            "\"/etc/sunpeer/broker-password\"");
    final Table table =
            new Table("broker", "the MQTT broker that carries the messages", true, List.of(url, user, passwordFile));

    /** The key to give instead of one that would hold the password itself; empty if the name is none such. */
    static Optional<Key<?>> insteadOfPassword(Table table, String name) {
        boolean isPassword = Key.isSecret(name, "") && table.key(name).isEmpty();
        return isPassword ? table.key("password_file") : Optional.empty();
    }
}

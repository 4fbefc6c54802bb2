package sunpeer.appliance.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks and builds what every kind of file has. Paths in a file count from the directory that the file is in. */
final class SharedTables {
    private SharedTables() {}

    static void check(Settings settings, BrokerKeys broker, ClockKeys clock, Path directory) {
        settings.together(List.of(broker.user, broker.passwordFile));
        settings.given(broker.passwordFile)
                .filter(file -> !Files.isRegularFile(directory.resolve(file)))
                .ifPresent(file -> settings.warn(broker.passwordFile, "names a file that is not there yet"));
        settings.together(List.of(clock.speed, clock.shows, clock.at));
        settings.given(clock.speed)
                .ifPresent(speed ->
                        settings.warn(clock.speed, "is set: this peer keeps no real time and cannot join real ones"));
    }

    static Broker broker(Settings settings, BrokerKeys keys, Path directory) {
        Forms.Endpoint url = settings.must(keys.url);
        Optional<Broker.Login> login = settings.given(keys.user)
                .map(user -> new Broker.Login(user, directory.resolve(settings.must(keys.passwordFile))));
        return new Broker(url.host(), url.port(), login);
    }

    static Optional<DemoClock> clock(Settings settings, ClockKeys keys) {
        return settings.given(keys.speed)
                .map(speed -> new DemoClock(speed, settings.must(keys.shows), settings.must(keys.at)));
    }
}

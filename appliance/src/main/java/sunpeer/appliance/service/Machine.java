package sunpeer.appliance.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.drivers.board.BoardModel;

/**
 * The computer as something that can sleep. Immutable.
 *
 * @param root {@code /}, or the directory that stands for it
 * @param powerOff the command that halts it; on a Raspberry Pi halting is powering off, elsewhere a halted processor spins
 * @param patience how long after that command this program may still run
 */
record Machine(Path root, List<String> powerOff, Duration patience) {
    static final Machine REAL = new Machine(Path.of("/"), List.of("systemctl", "poweroff"), Duration.ofMinutes(3));

    private static final int OUTPUT_MAX = 200;

    Machine {
        powerOff = List.copyOf(powerOff);
    }

    /** How it sleeps. */
    enum Way {
        /** With its memory powered; goes on where it was. */
        SUSPEND,
        /** Off; begins anew. */
        HALT
    }

    /** What can be done. */
    sealed interface Ability {
        record Able(Way way) implements Ability {}

        /** @param why one sentence that says what would help */
        record Unable(String why) implements Ability {}
    }

    Ability ability(NodeConfig.Sleep config, Optional<BoardModel> model) {
        Optional<String> missing = alarm(config).missing();
        if (missing.isPresent()) {
            return new Ability.Unable(missing.get());
        }
        return switch (config.mode()) {
            case NEVER -> new Ability.Unable("sleep.mode is \"never\"");
            case SUSPEND ->
                text("sys/power/state").contains("mem")
                        ? new Ability.Able(Way.SUSPEND)
                        : new Ability.Unable("this kernel cannot suspend to memory, though sleep.mode is \"suspend\"");
            case HALT -> new Ability.Able(Way.HALT);
            case AUTO -> byItself(model.orElse(null));
        };
    }

    /** Of a board that nobody has told about, only what is known to come back. */
    private Ability byItself(@Nullable BoardModel model) {
        // "mem" alone may mean a processor that idles; a board whose memory refreshes itself says deep.
        if (model == BoardModel.JETSON_ORIN_NANO
                && text("sys/power/state").contains("mem")
                && text("sys/power/mem_sleep").contains("[deep]")) {
            return new Ability.Able(Way.SUSPEND);
        }
        return model == BoardModel.RASPBERRY_PI_5
                ? new Ability.Able(Way.HALT)
                : new Ability.Unable("it is not known whether the clock can wake this computer: try"
                        + " `sudo rtcwake -m off -s 300`, and if it comes back give sleep.mode = \"halt\"");
    }

    RtcAlarm alarm(NodeConfig.Sleep config) {
        return new RtcAlarm(root, config.rtc());
    }

    private String text(String path) {
        try {
            return Files.readString(root.resolve(path), StandardCharsets.US_ASCII);
        } catch (IOException _) {
            return ""; // a kernel without it
        }
    }

    /**
     * Suspends, and returns when it is over.
     *
     * @return why not, and what to do
     */
    Optional<String> suspend() {
        Path state = root.resolve("sys/power/state");
        try {
            Files.writeString(state, "mem", StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of("the kernel does not suspend (" + failed + "): let tmpfiles.d give " + state
                    + " to the service's group, and see dmesg for a driver that objects");
        }
    }

    /**
     * Has the system halt, which will end this program.
     *
     * @return why not, and what to do
     */
    Optional<String> halt() throws InterruptedException {
        String command = String.join(" ", powerOff);
        String advice = ": let a polkit rule allow org.freedesktop.login1.power-off to the service's user";
        Process process;
        try {
            process = new ProcessBuilder(powerOff).redirectErrorStream(true).start();
        } catch (IOException failed) {
            return Optional.of("`" + command + "` cannot be run (" + failed.getMessage() + ")");
        }
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            return Optional.of("`" + command + "` does not come to an end" + advice);
        }
        if (process.exitValue() != 0) {
            return Optional.of(
                    "`" + command + "` failed with " + process.exitValue() + " (" + said(process) + ")" + advice);
        }
        Thread.sleep(patience);
        return Optional.of("`" + command + "` was run, and the system still is");
    }

    private static String said(Process process) {
        try (var out = process.getInputStream()) {
            return new String(out.readNBytes(OUTPUT_MAX), StandardCharsets.UTF_8)
                    .replaceAll("[\\p{Cntrl}\\s]+", " ")
                    .strip();
        } catch (IOException _) {
            return "it said nothing";
        }
    }
}

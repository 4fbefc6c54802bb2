package sunpeer.appliance.service;

import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The alarm of a clock chip as the kernel shows it under {@code /sys/class/rtc}. Immutable.
 *
 * <p>The kernel refuses a second alarm beside one that is set, takes one in the past for none at all, and counts in the time of the
 * chip, which need not be the system's. So the old alarm is taken away, the new one is moved by the difference of the clocks, and
 * what counts is what can be read back.
 */
final class RtcAlarm {
    /** A chip whose alarm knows no seconds rounds. */
    private static final long ROUNDING_S = 60;

    /** Sooner than that the board would not be asleep yet. */
    private static final Duration SOONEST = Duration.ofMinutes(2);

    private final String name;
    private final Path clock;
    private final Path alarm;
    private final Path time;

    /**
     * @param root {@code /}, or the directory that stands for it
     * @param name of the clock, {@code "rtc0"}
     */
    RtcAlarm(Path root, String name) {
        this.clock = root.resolve("sys/class/rtc").resolve(name);
        this.name = name;
        this.alarm = clock.resolve("wakealarm");
        this.time = clock.resolve("since_epoch");
    }

    /** Why no alarm can be set here, and what to do; empty if one can, as far as can be seen without setting it. */
    Optional<String> missing() {
        if (!Files.exists(clock)) {
            return Optional.of("there is no clock " + name + " in this computer");
        }
        if (!Files.exists(alarm)) {
            return Optional.of("the clock " + name + " has no alarm that could wake this computer (there is no " + alarm
                    + "); a clock chip needs wakeup-source in its overlay and its interrupt wired");
        }
        return Files.isWritable(alarm) ? Optional.empty() : Optional.of(denied());
    }

    private String denied() {
        return alarm + " may not be written by this user: let udev give it to the service's group, in"
                + " /etc/udev/rules.d/70-sunpeer.rules: SUBSYSTEM==\"rtc\", KERNEL==\"" + name
                + "\", RUN+=\"/bin/sh -c 'chgrp sunpeer /sys%p/wakealarm; chmod 0664 /sys%p/wakealarm'\"";
    }

    /**
     * Sets the alarm.
     *
     * @param now by the system's clock
     * @return why it is not set, and what to do; empty if it is
     */
    Optional<String> set(Instant until, Instant now) {
        Optional<String> missing = missing();
        if (missing.isPresent()) {
            return missing;
        }
        try {
            long chip = Long.parseLong(read(time));
            Duration ahead = Duration.between(now, until);
            if (ahead.compareTo(SOONEST) < 0) {
                return Optional.of("the alarm would lie " + ahead.toSeconds() + " s ahead, which is too soon");
            }
            long wanted = chip + ahead.toSeconds();
            write("0");
            write(Long.toString(wanted));
            String back = read(alarm);
            if (back.matches("\\d{1,18}") && Math.abs(Long.parseLong(back) - wanted) <= ROUNDING_S) {
                return Optional.empty();
            }
            write("0");
            return Optional.of("the clock " + name + " does not keep the alarm: " + wanted + " was set, "
                    + (back.isEmpty() ? "none" : back) + " is read back; see dmesg, and whether its battery is flat");
        } catch (NumberFormatException wrong) {
            return Optional.of(time + " does not tell the time");
        } catch (IOException failed) {
            return Optional.of(
                    Files.isWritable(alarm) ? "the alarm of " + name + " cannot be set: " + failed : denied());
        }
    }

    /** Takes the alarm away; a failure changes nothing that matters: the computer is awake. */
    void clear() {
        try {
            write("0");
        } catch (IOException _) {
            // An alarm in a computer that runs does nothing.
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    private void write(String text) throws IOException {
        Files.writeString(alarm, text + "\n", StandardCharsets.US_ASCII, WRITE, TRUNCATE_EXISTING);
    }
}

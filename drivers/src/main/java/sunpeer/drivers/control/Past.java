package sunpeer.drivers.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * When something was written to a device before. Immutable; kept in a small file, so that a restart forgets nothing.
 *
 * @param times in order
 */
record Past(List<Instant> times) {
    static final Past NONE = new Past(List.of());

    /** More than count for any rule. */
    private static final int KEPT = 48;

    private static final long BYTES_MAX = 10_000;

    Past {
        times = List.copyOf(times);
    }

    Past with(Instant now) {
        List<Instant> all = new ArrayList<>(times);
        all.add(now);
        return new Past(all.subList(Math.max(0, all.size() - KEPT), all.size()));
    }

    /** @throws IOException when the file is there and is not what was kept: then nobody knows how often it was */
    static Past read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        if (Files.size(file) > BYTES_MAX) {
            throw new IOException(file + " is not a list of times: remove it");
        }
        List<Instant> times = new ArrayList<>();
        for (String line :
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
            try {
                times.add(Instant.parse(line.strip()));
            } catch (DateTimeParseException wrong) {
                throw new IOException(file + " is not a list of times: remove it", wrong);
            }
        }
        return new Past(times);
    }

    /** On the disk when it returns, whole or not at all. */
    void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        String text = times.stream().map(time -> time + "\n").collect(Collectors.joining());
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

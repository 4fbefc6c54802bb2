package sunpeer.drivers.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sunpeer.drivers.transport.Request;

/** libmodbus with the same blocks: a child process that measures each poll by itself and tells how long it took. */
final class LibmodbusMaster implements Master {
    private static final String SOURCE = "block_reads.c";

    private final Process process;
    private final OutputStream commands;
    private final BufferedReader answers;

    /** @param silenceNanos what it waits between two requests; libmodbus by itself waits for nothing */
    LibmodbusMaster(Path program, String port, int baud, ReadPlan plan, long silenceNanos) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), port, Integer.toString(baud), Long.toString(silenceNanos)));
        for (Request.Registers block : plan.blocks()) {
            command.add(String.format(Locale.ROOT, "%d:%d:%d", block.function(), block.address(), block.count()));
        }
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        commands = process.getOutputStream();
        answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * The program, built in a directory; empty where there is no C compiler or no libmodbus-dev.
     *
     * @throws IOException when the directory cannot be written
     */
    static Optional<Path> build(Path directory) throws IOException {
        Path source = directory.resolve(SOURCE);
        Path program = directory.resolve("block_reads");
        try (InputStream in = LibmodbusMaster.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new IllegalStateException(SOURCE + " is not in the program");
            }
            Files.write(source, in.readAllBytes());
        }
        try {
            Process compiler = new ProcessBuilder(
                            "gcc", "-O2", "-Wall", "-o", program.toString(), source.toString(), "-lmodbus")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return compiler.waitFor() == 0 ? Optional.of(program) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // no gcc
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public long poll() throws IOException {
        commands.write('\n');
        commands.flush();
        String line = answers.readLine();
        if (line == null || !line.matches("\\d{1,18}")) {
            throw new IOException("libmodbus says: " + line);
        }
        return Long.parseLong(line);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package sunpeer.appliance.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import sunpeer.appliance.node.NodeMemory;

/** A process of its own that keeps batch after batch and says the number of each once it is kept, until it is killed. */
final class KeepLoop {
    static final int REFUSED = 3;

    private KeepLoop() {}

    static Process start(Path file, Path nativeDirectory, int batches) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeepLoop.class.getName(),
                        file.toString(),
                        nativeDirectory.toString(),
                        Integer.toString(batches)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void main(String[] arguments) throws IOException {
        Store.unpackNativeLibraryInto(Path.of(arguments[1]));
        if (!(Store.open(Path.of(arguments[0])) instanceof Store.Opened.Ok(Store store))
                || !(store.load() instanceof Loaded.Ok<NodeMemory>(NodeMemory memory))) {
            System.exit(REFUSED);
            return;
        }
        int number = memory.entries().size() / Batches.ENTRIES_EACH;
        int end = number + Integer.parseInt(arguments[2]);
        for (; number < end && store.keep(Batches.batch(number)) instanceof Store.Kept.Done; number++) {
            System.out.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
        }
        store.close();
    }
}

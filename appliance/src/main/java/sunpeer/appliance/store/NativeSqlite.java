package sunpeer.appliance.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the driver unpacks SQLite's native library, about 1 MB, when the first store is opened.
 *
 * <p>The driver removes it when the JVM ends in peace, and never after a kill. So it goes as soon as it is loaded: Linux keeps a
 * mapped file without a name. The directory must not be mounted noexec, as /run often is.
 */
final class NativeSqlite {
    private static final String DIRECTORY = "org.sqlite.tmpdir";

    private NativeSqlite() {}

    /** To be called before the first store is opened in this process; without it the driver takes {@code java.io.tmpdir}. */
    static void unpackInto(Path directory) {
        System.setProperty(DIRECTORY, directory.toString());
    }

    /** The driver wraps what the linker said in two exceptions; nearly always it is the directory. */
    static String cannotLoad() {
        return "cannot load SQLite's native library from "
                + System.getProperty(DIRECTORY, System.getProperty("java.io.tmpdir", "?"))
                + ": the directory must exist, have 2 MB free, belong to user " + Trouble.user()
                + " and not be mounted noexec (see: findmnt -T)";
    }

    /** Removes unpacked libraries, also those of processes that were killed. Does nothing unless a directory was given. */
    static void sweep() {
        String directory = System.getProperty(DIRECTORY);
        if (directory == null) {
            return;
        }
        try (DirectoryStream<Path> leftovers =
                Files.newDirectoryStream(Path.of(directory), "sqlite-*-libsqlitejdbc.so*")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (IOException notOurs) {
            // They only take space; the next start tries again.
        }
    }
}

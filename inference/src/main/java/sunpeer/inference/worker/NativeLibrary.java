package sunpeer.inference.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** TFLite's native library, unpacked from its jar once and kept for later starts. */
final class NativeLibrary {
    private static final String NAME = "libjnitensorflowlite.so";

    private NativeLibrary() {}

    /**
     * Where the library is on disk, unpacked if it is not there or not whole.
     *
     * @throws IOException if there is none for this machine, or the directory cannot be written
     */
    static Path in(Path directory) throws IOException {
        String resource = "/org/bytedeco/tensorflowlite/" + platform() + "/" + NAME;
        URL url = NativeLibrary.class.getResource(resource);
        if (url == null) {
            throw new IOException("no TFLite library for " + platform());
        }
        Path file = directory.resolve(platform() + "-" + NAME);
        if (!isWhole(file, url)) {
            Files.createDirectories(directory);
            unpack(url, file);
        }
        return file;
    }

    private static String platform() {
        String arch = System.getProperty("os.arch", "");
        return "linux-" + (arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm64" : arch);
    }

    /** Compares length and CRC with the jar's directory: no second unpacking, and a power cut cannot leave half of it. */
    private static boolean isWhole(Path file, URL url) throws IOException {
        JarEntry entry = entry(url);
        if (entry == null || !Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
            return false;
        }
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            byte[] block = new byte[1 << 16];
            while (in.read(block) >= 0) {
                // reading is checking
            }
        }
        return crc.getValue() == entry.getCrc();
    }

    private static @Nullable JarEntry entry(URL url) throws IOException {
        if (url.openConnection() instanceof JarURLConnection connection) {
            connection.setUseCaches(false); // a cached jar would stay open for the life of the service
            try (JarFile jar = connection.getJarFile()) {
                return jar.getJarEntry(connection.getEntryName());
            }
        }
        return null;
    }

    private static void unpack(URL url, Path file) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), NAME, ".part");
        try {
            var connection = url.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream();
                    OutputStream out = Files.newOutputStream(part)) {
                in.transferTo(out);
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true); // else the rename may reach the disk before the bytes
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

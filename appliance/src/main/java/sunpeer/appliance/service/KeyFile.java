package sunpeer.appliance.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Signer;

/** The file that is a peer's identity: one secret line, readable by its owner only. */
final class KeyFile {
    private static final String HEAD = "sunpeer ed25519 seed v1: ";

    sealed interface Loaded {
        record Ok(Signer signer) implements Loaded {}

        /** @param reason one line that says what to do */
        record Failed(String reason) implements Loaded {}
    }

    private KeyFile() {}

    /** Reads the key, or makes one if there is none. */
    static Loaded load(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                create(file, random);
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream()
                    .anyMatch(p -> p.name().startsWith("GROUP_") || p.name().startsWith("OTHERS_"))) {
                return new Loaded.Failed(
                        "others may read the secret key " + file + ": take that right away, with: chmod 600 " + file);
            }
            String line = Files.readString(file).strip();
            if (!line.startsWith(HEAD) || !line.substring(HEAD.length()).matches("[0-9a-f]{64}")) {
                return new Loaded.Failed(
                        "the key file " + file + " is damaged: restore it from a copy, or move the whole data"
                                + " directory away to begin as a new peer");
            }
            return new Loaded.Ok(Signer.fromSeed(Bytes.ofHex(line.substring(HEAD.length()))));
        } catch (IOException e) {
            return new Loaded.Failed("cannot read or make the key file " + file + ": " + e);
        }
    }

    /** Written whole and to the card before it has its name: half a key would be a lost identity. */
    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        Path part = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((HEAD + Bytes.of(seed).hex() + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            // The name too must survive a power cut, else the store would outlive its key.
            try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("a key appeared while one was made", e);
        }
    }
}

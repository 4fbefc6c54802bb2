package sunpeer.appliance.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Signer;
import sunpeer.appliance.node.NodeCore;
import sunpeer.appliance.node.NodeMemory;
import sunpeer.appliance.store.Loaded;
import sunpeer.appliance.store.Store;
import sunpeer.appliance.sync.Broker;

/** What node and gateway stand on alike: the data directory with the key and the store. */
record Ground(Path data, Signer signer, Store store) {
    static final String STORE_FILE = "sunpeer.db";
    private static final String KEY_FILE = "identity.key";

    sealed interface Opened {
        /** @param memory to begin with; not held by the ground, for it may be large */
        record Ok(Ground ground, NodeMemory memory) implements Opened {}

        /** @param reason one line that says what to do */
        record Failed(String reason) implements Opened {}
    }

    static Opened open(Path data, SecureRandom random) {
        try {
            Files.createDirectories(data);
            Files.createDirectories(nativeDirectory(data));
        } catch (IOException e) {
            return new Opened.Failed("cannot make the data directory " + data + " (" + e
                    + "): give another one as \"data\" in the configuration, or run as a user who may write there");
        }
        return switch (KeyFile.load(data.resolve(KEY_FILE), random)) {
            case KeyFile.Loaded.Failed(String reason) -> new Opened.Failed(reason);
            case KeyFile.Loaded.Ok(Signer signer) -> openStore(data, signer);
        };
    }

    private static Opened openStore(Path data, Signer signer) {
        Store.unpackNativeLibraryInto(nativeDirectory(data));
        return switch (Store.open(data.resolve(STORE_FILE))) {
            case Store.Opened.Failed(String reason) -> new Opened.Failed(reason);
            case Store.Opened.Ok(Store store) ->
                switch (store.load()) {
                    case Loaded.Failed<NodeMemory>(String reason) -> {
                        store.close();
                        yield new Opened.Failed(reason);
                    }
                    case Loaded.Ok<NodeMemory>(NodeMemory memory) -> {
                        Bytes owner = memory.states().get(NodeCore.IDENTITY);
                        if (owner != null && !owner.equals(signer.peerKey().raw())) {
                            store.close();
                            yield new Opened.Failed("the store in " + data + " belongs to the peer "
                                    + owner.hex().substring(0, 12) + ", the key beside it to "
                                    + signer.peerKey().id() + ": put the right " + KEY_FILE
                                    + " back, or move the whole directory away to begin as a new peer");
                        }
                        yield new Opened.Ok(new Ground(data, signer, store), memory);
                    }
                };
        };
    }

    static Path nativeDirectory(Path data) {
        return data.resolve("native");
    }

    /**
     * The broker with its password read.
     *
     * @throws IOException with one line that says what to do
     */
    static Broker brokerOf(sunpeer.appliance.config.Broker config) throws IOException {
        if (config.login().isEmpty()) {
            return new Broker(config.host(), config.port(), Optional.empty(), Optional.empty());
        }
        var login = config.login().get();
        try {
            String password = Files.readString(login.passwordFile()).strip();
            return new Broker(config.host(), config.port(), Optional.of(login.user()), Optional.of(password));
        } catch (IOException e) {
            throw new IOException(
                    "cannot read the broker's password from " + login.passwordFile() + " (" + e
                            + "): put it there, readable for this user",
                    e);
        }
    }
}

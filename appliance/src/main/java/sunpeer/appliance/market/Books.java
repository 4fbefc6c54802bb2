package sunpeer.appliance.market;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sunpeer.appliance.ledger.ByteWriter;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.Entry;
import sunpeer.appliance.ledger.Ledger;
import sunpeer.appliance.market.yuma.SparseRow;
import sunpeer.appliance.market.yuma.WeightSheets;

/**
 * The market's state as a pure function of the ledger: who is in, what was said, what it was worth, who owns what.
 *
 * <p>Confined to one thread. Gateway, peers and verifier apply the same entries in the same order and so hold the same
 * books. An entry that is well formed but late or out of place has no effect, and the reason is returned; a close that
 * differs from what these books compute is {@link Applied.Wrong}.
 */
public final class Books {
    /** Windows back for which commitments, reveals and truths are kept; more only costs memory. */
    private static final int WINDOWS_KEPT = 48;
    /** Windows ahead for which a peer may commit. */
    private static final int COMMIT_AHEAD_MAX = 24;
    /** Epochs after its window in which a forecast may still be revealed. */
    private static final int REVEAL_EPOCHS = 2;
    /** Epochs after its window in which it may still be scored. */
    private static final int SCORE_EPOCHS = 2;

    public sealed interface Applied {
        record Done(Payload payload) implements Applied {}

        /** Kept in the log, but late or out of place. */
        record NoEffect(Payload payload, String reason) implements Applied {}

        /** The log is not what these books can follow. */
        record Wrong(String reason) implements Applied {}
    }

    /** A revealed set of forecasts and whose it is. */
    public record Answer(int uid, Map<Integer, QuantileForecast> forecasts) {}

    private final Rules rules;
    private final List<Peer> peers = new ArrayList<>();
    private final List<Account> accounts = new ArrayList<>();
    private final TreeMap<Long, Map<Integer, Bytes>> commits = new TreeMap<>();
    private final TreeMap<Long, Map<Integer, Answer>> reveals = new TreeMap<>();
    private final TreeMap<Long, Map<Integer, Integer>> truths = new TreeMap<>();
    private final Map<Integer, Climatology> climates = new HashMap<>();
    private final Deque<EpochRecord> recent = new ArrayDeque<>();
    private long epoch;
    private long mintedMicro;
    private long carriedMicro;
    private int sheets;

    public Books(Rules rules) {
        this.rules = rules;
    }

    public Applied apply(Entry entry) {
        return switch (Payload.parse(entry)) {
            case Payload.Parsed.Malformed(String reason) -> new Applied.Wrong(reason);
            case Payload.Parsed.Ok(Payload payload) -> apply(entry.author(), payload);
        };
    }

    private Applied apply(int author, Payload payload) {
        if (payload instanceof Payload.Close written) {
            return close(written).<Applied>map(Applied.Wrong::new).orElseGet(() -> new Applied.Done(written));
        }
        Optional<String> objection = objection(author, payload);
        if (objection.isPresent()) {
            return new Applied.NoEffect(payload, objection.get());
        }
        switch (payload) {
            case Payload.Genesis genesis -> {}
            case Payload.Join join -> join(join);
            case Payload.Commit commit ->
                commits.computeIfAbsent(commit.window(), w -> new HashMap<>()).put(author, commit.hash());
            case Payload.Reveal reveal ->
                reveals.computeIfAbsent(reveal.window(), w -> new TreeMap<>())
                        .put(author, new Answer(author, reveal.forecasts()));
            case Payload.Weights sheet -> weights(author, sheet);
            case Payload.Close close -> throw new IllegalStateException("handled above: " + close);
        }
        return new Applied.Done(payload);
    }

    /** Why an entry of this author would have no effect now; empty if it would have one. */
    public Optional<String> objection(int author, Payload payload) {
        String refused = switch (payload) {
            case Payload.Genesis genesis -> genesis.rules().equals(rules) ? "" : "it holds other rules";
            case Payload.Join join -> peers.size() < Ledger.PEERS_MAX ? "" : "the subnet is full";
            case Payload.Commit commit -> against(author, commit);
            case Payload.Reveal reveal -> against(author, reveal);
            case Payload.Weights sheet -> against(author, sheet);
            case Payload.Close close -> "only the gateway closes epochs";
        };
        return refused.isEmpty() ? Optional.empty() : Optional.of(refused);
    }

    private void join(Payload.Join join) {
        int uid = peers.size();
        peers.add(new Peer(uid, join.key(), join.name(), join.place(), epoch));
        accounts.add(Account.opened(uid < rules.founders() ? rules.founderGrantMicro() : 0));
    }

    private String against(int author, Payload.Commit commit) {
        if (commit.window() <= epoch) {
            return "the commitment for window " + commit.window() + " came in epoch " + epoch + ", too late";
        }
        if (commit.window() > epoch + COMMIT_AHEAD_MAX) {
            return "window " + commit.window() + " is more than " + COMMIT_AHEAD_MAX + " epochs ahead";
        }
        return commitment(author, commit.window()).isEmpty()
                ? ""
                : "a commitment for window " + commit.window() + " stands already";
    }

    private String against(int author, Payload.Reveal reveal) {
        if (reveal.window() > epoch) {
            return "window " + reveal.window() + " can still be committed to";
        }
        if (reveal.window() + REVEAL_EPOCHS < epoch) {
            return "the reveal for window " + reveal.window() + " came in epoch " + epoch + ", too late";
        }
        Optional<Bytes> committed = commitment(author, reveal.window());
        if (committed.isEmpty()) {
            return "nothing was committed for it";
        }
        if (!reveal.commitment(author).equals(committed.get())) {
            return "it is not what was committed";
        }
        if (reveal.forecasts().size() > peers.size()) {
            return "it speaks of more sites than there are";
        }
        return hasRevealed(author, reveal.window()) ? "it is revealed already" : "";
    }

    private String against(int author, Payload.Weights sheet) {
        if (sheet.window() >= epoch || sheet.window() + SCORE_EPOCHS < epoch) {
            return "window " + sheet.window() + " cannot be scored in epoch " + epoch;
        }
        if (sheet.window() <= accounts.get(author).lastSheetWindow()) {
            return "window " + sheet.window() + " or a later one is scored already";
        }
        if (sheet.row().size() > peers.size() || sheet.truth() > QuantileForecast.INDEX_MAX) {
            return "the sheet names unknown uids or an impossible truth";
        }
        return author < sheet.row().size() && sheet.row().get(author) != 0 ? "nobody scores itself" : "";
    }

    private void weights(int author, Payload.Weights sheet) {
        Account account = accounts.get(author);
        int[] uids = new int[sheet.row().size()];
        int[] row = new int[uids.length];
        for (int uid = 0; uid < uids.length; uid++) {
            uids[uid] = uid;
            row[uid] = sheet.row().get(uid);
        }
        SparseRow stored = SparseRow.of(uids, WeightSheets.maxUpscale(row));
        if (account.lastSheetEpoch() != epoch) {
            // Voices count, not sheets: one peer with two windows is still one.
            sheets++;
        }
        accounts.set(author, account.withSheet(epoch, sheet.window(), stored));
        truths.computeIfAbsent(sheet.window(), w -> new TreeMap<>()).put(author, sheet.truth());
        climates.merge(author, Climatology.PRIOR.with(sheet.truth()), (old, fresh) -> old.with(sheet.truth()));
    }

    private Optional<String> close(Payload.Close written) {
        if (written.epoch() != epoch) {
            return Optional.of("it closes epoch " + written.epoch() + " while epoch " + epoch + " is open");
        }
        EpochCloser.Closed closed = closeNow();
        Payload.Close computed = closeOf(closed);
        if (!computed.equals(written)) {
            return Optional.of(difference(written, computed));
        }
        accounts.clear();
        accounts.addAll(closed.accounts());
        carriedMicro = closed.carriedMicro();
        mintedMicro += computed.mintedMicro();
        recent.addLast(new EpochRecord(
                epoch,
                sheets,
                closed.result() == null ? List.of() : closed.result().outcomes(),
                computed,
                closed.why()));
        if (recent.size() > WINDOWS_KEPT) {
            recent.removeFirst();
        }
        epoch++;
        sheets = 0;
        commits.headMap(epoch - WINDOWS_KEPT).clear();
        reveals.headMap(epoch - WINDOWS_KEPT).clear();
        truths.headMap(epoch - WINDOWS_KEPT).clear();
        return Optional.empty();
    }

    private static String difference(Payload.Close written, Payload.Close computed) {
        for (int uid = 0; uid < computed.rewardsMicro().size(); uid++) {
            long expected = computed.rewardsMicro().get(uid);
            long found =
                    uid < written.rewardsMicro().size() ? written.rewardsMicro().get(uid) : -1;
            if (expected != found) {
                return "epoch " + written.epoch() + " gives uid " + uid + " a reward of " + found
                        + " micro-credits, recomputed it is " + expected;
            }
        }
        return "epoch " + written.epoch() + " differs from the recomputed one in "
                + (written.mintedMicro() != computed.mintedMicro() ? "the minted sum" : "the digest of the books");
    }

    /** The close that ends the open epoch: what an honest gateway appends. */
    public Payload.Close nextClose() {
        return closeOf(closeNow());
    }

    private EpochCloser.Closed closeNow() {
        return EpochCloser.close(rules, epoch, peers, accounts, sheets, carriedMicro);
    }

    private Payload.Close closeOf(EpochCloser.Closed closed) {
        ByteWriter digest =
                new ByteWriter().i64(epoch + 1).i64(closed.carriedMicro()).u16(peers.size());
        closed.accounts().forEach(account -> account.digest(digest));
        return new Payload.Close(
                epoch,
                closed.mintedMicro(),
                closed.rewardsMicro(),
                digest.done().sha256());
    }

    public Rules rules() {
        return rules;
    }

    /** The open epoch. */
    public long epoch() {
        return epoch;
    }

    public List<Peer> peers() {
        return List.copyOf(peers);
    }

    public long earnedMicro(int uid) {
        return accounts.get(uid).earnedMicro();
    }

    public long stakeMicro(int uid) {
        return accounts.get(uid).stakeMicro();
    }

    public long mintedMicro() {
        return mintedMicro;
    }

    /** The window of the peer's newest sheet, -1 before the first. */
    public long lastSheetWindow(int uid) {
        return accounts.get(uid).lastSheetWindow();
    }

    /** What a peer has committed to for a window. */
    public Optional<Bytes> commitment(int uid, long window) {
        return Optional.ofNullable(commits.getOrDefault(window, Map.of()).get(uid));
    }

    public boolean hasRevealed(int uid, long window) {
        return reveals.getOrDefault(window, Map.of()).containsKey(uid);
    }

    /** Everybody's revealed forecasts for a window, by uid. */
    public List<Answer> answers(long window) {
        return List.copyOf(reveals.getOrDefault(window, Map.of()).values());
    }

    /** The measured index of a site and window in hundredths, if its owner has published it. */
    public Optional<Integer> truth(int uid, long window) {
        return Optional.ofNullable(truths.getOrDefault(window, Map.of()).get(uid));
    }

    /** What a site's published truths have been like; the reference that a forecast has to beat. */
    public Climatology climatology(int uid) {
        return climates.getOrDefault(uid, Climatology.PRIOR);
    }

    /** The last closed epochs, oldest first. */
    public List<EpochRecord> recentEpochs() {
        return List.copyOf(recent);
    }
}

package sunpeer.appliance.node;

import java.util.ArrayList;
import java.util.List;
import sunpeer.appliance.market.Books;
import sunpeer.appliance.market.EpochRecord;
import sunpeer.appliance.market.Peer;

/** The market and the ledger as people may see them. Confined to one thread. */
final class MarketSights {
    private final LedgerFollower follower;
    private final SunshineDesk sunshine;

    MarketSights(LedgerFollower follower, SunshineDesk sunshine) {
        this.follower = follower;
        this.sunshine = sunshine;
    }

    NodeView.Market market() {
        Books books = follower.books().orElse(null);
        int uid = follower.uid().orElse(-1);
        if (books == null) {
            return new NodeView.Market(
                    uid,
                    0,
                    0,
                    "",
                    false,
                    follower.alarm(),
                    follower.outboxSize(),
                    new NodeView.Earned(-1, 0, 0, 0, false),
                    List.of(),
                    List.of());
        }
        List<NodeView.PeerLine> peers = new ArrayList<>();
        for (Peer peer : books.peers()) {
            Double skill = sunshine.skills().get(peer.uid());
            int percent = skill == null ? -1 : (int) Math.round(100 * skill);
            peers.add(new NodeView.PeerLine(peer.uid(), peer.name(), books.earnedMicro(peer.uid()), percent));
        }
        List<NodeView.EpochLine> epochs = books.recentEpochs().stream()
                .map(epoch -> new NodeView.EpochLine(
                        epoch.epoch(),
                        epoch.sheets(),
                        epoch.close().mintedMicro(),
                        epoch.rewardMicro(uid),
                        epoch.why()))
                .toList();
        return new NodeView.Market(
                uid,
                books.epoch(),
                follower.size(),
                follower.root().shortHex(),
                follower.alarm().isEmpty(),
                follower.alarm(),
                follower.outboxSize(),
                earned(books),
                peers,
                epochs);
    }

    /** What this node earned, as it verified it. */
    NodeView.Earned earned(Books books) {
        int uid = follower.uid().orElse(-1);
        List<EpochRecord> epochs = books.recentEpochs();
        EpochRecord last = epochs.isEmpty() ? null : epochs.getLast();
        return new NodeView.Earned(
                last == null ? -1 : last.epoch(),
                last == null ? 0 : last.rewardMicro(uid),
                uid < 0 ? 0 : books.earnedMicro(uid),
                uid < 0 ? 0 : books.stakeMicro(uid),
                follower.alarm().isEmpty());
    }
}

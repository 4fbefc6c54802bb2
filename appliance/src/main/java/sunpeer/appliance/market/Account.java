package sunpeer.appliance.market;

import sunpeer.appliance.ledger.ByteWriter;
import sunpeer.appliance.market.yuma.SparseRow;

/**
 * What the books hold for one uid besides its {@link Peer} entry. Immutable.
 *
 * @param grantMicro stake that it began with as a founder
 * @param earnedMicro sum of its rewards
 * @param lastSheetEpoch epoch in which its newest score sheet was sequenced, -1 before the first
 * @param lastSheetWindow window of that sheet, -1 before the first
 * @param permit whether its weights count in the coming epoch
 * @param weights its newest sheet as the chain stores one
 * @param bonds its bonds after the last epoch
 */
record Account(
        long grantMicro,
        long earnedMicro,
        long lastSheetEpoch,
        long lastSheetWindow,
        boolean permit,
        SparseRow weights,
        SparseRow bonds) {
    static Account opened(long grantMicro) {
        return new Account(grantMicro, 0, -1, -1, false, SparseRow.EMPTY, SparseRow.EMPTY);
    }

    long stakeMicro() {
        return grantMicro + earnedMicro;
    }

    Account withSheet(long epoch, long window, SparseRow row) {
        return new Account(grantMicro, earnedMicro, epoch, window, permit, row, bonds);
    }

    Account afterEpoch(boolean newPermit, SparseRow newBonds, long rewardMicro) {
        return new Account(
                grantMicro, earnedMicro + rewardMicro, lastSheetEpoch, lastSheetWindow, newPermit, weights, newBonds);
    }

    void digest(ByteWriter out) {
        out.i64(grantMicro)
                .i64(earnedMicro)
                .i64(lastSheetEpoch)
                .i64(lastSheetWindow)
                .u8(permit ? 1 : 0);
        digest(out, weights);
        digest(out, bonds);
    }

    private static void digest(ByteWriter out, SparseRow row) {
        out.u16(row.size());
        for (int k = 0; k < row.size(); k++) {
            out.u16(row.uid(k)).u16(row.value(k));
        }
    }
}

/**
 * The market's memory: a signed, append-only log of entries, the Merkle tree over them, checkpoints, receipts, and everything that
 * a peer needs to verify them without trusting the gateway that keeps the log. It knows nothing of MQTT or SQLite.
 */
@NullMarked
package sunpeer.appliance.ledger;

import org.jspecify.annotations.NullMarked;

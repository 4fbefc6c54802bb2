/**
 * The deciding core of a gateway peer: puts entries in order, closes epochs, signs checkpoints and receipts. Pure like the
 * core of a node; it may order and delay, and every peer recomputes what it says.
 */
@NullMarked
package sunpeer.appliance.gateway;

import org.jspecify.annotations.NullMarked;

/**
 * Yuma consensus exactly as the subtensor chain computes it: from the stake, weights and bonds of one subnet to incentive,
 * dividends, new bonds and emission, in fixed point and bit for bit. Pure integer mathematics: no I/O, no clock, no randomness
 * and no floating point, so that every peer which recomputes an epoch gets the same bytes or has found a fraud.
 */
@NullMarked
package sunpeer.appliance.market.yuma;

import org.jspecify.annotations.NullMarked;

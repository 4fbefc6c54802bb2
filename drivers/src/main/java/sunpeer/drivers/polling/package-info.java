/**
 * Polls many devices: those that share a wire have one thread together, which asks each at its period, leaves silent ones in
 * peace and opens a stuck port anew. What to ask next is decided purely in {@link sunpeer.drivers.polling.PollPlan}.
 */
@NullMarked
package sunpeer.drivers.polling;

import org.jspecify.annotations.NullMarked;

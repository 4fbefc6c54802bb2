/**
 * The deciding core of a peer: a state machine that turns events into commands. Time and randomness arrive in events; nothing
 * here waits, reads a file or opens a socket, so a year replays in seconds and every failure from its seed.
 */
@NullMarked
package sunpeer.appliance.node;

import org.jspecify.annotations.NullMarked;

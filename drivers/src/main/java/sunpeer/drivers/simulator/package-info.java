/**
 * Charge controllers that exist only as software, on real wires: they answer with the real protocols over a pseudo-terminal
 * or a TCP socket, so that tests and the demo use the same drivers as a box in the field. Sun and battery come from outside.
 */
@NullMarked
package sunpeer.drivers.simulator;

import org.jspecify.annotations.NullMarked;

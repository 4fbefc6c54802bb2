/**
 * Charge controllers and the wires to them: what the service may know of a controller is a {@link Reading}, or a
 * {@link Fault} that says what is wrong with the wire. Registers, frames and ports stay below this package.
 */
@NullMarked
package sunpeer.drivers;

import org.jspecify.annotations.NullMarked;

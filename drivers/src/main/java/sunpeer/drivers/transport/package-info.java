/**
 * Wires that carry Modbus: RTU on a serial line with a frame layer of our own, TCP through j2mod. One owner thread per
 * wire; what goes wrong outside comes back as an {@link sunpeer.drivers.transport.Answer}, never as an exception.
 */
@NullMarked
package sunpeer.drivers.transport;

import org.jspecify.annotations.NullMarked;

/**
 * Measures what reading costs: how much of the wire's time a poll uses, beside other people's Modbus masters on the same line,
 * and what polling many devices at once takes. Lives in real time, opens only simulated wires.
 */
@NullMarked
package sunpeer.drivers.bench;

import org.jspecify.annotations.NullMarked;

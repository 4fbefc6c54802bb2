/**
 * Battery management systems and shunts that speak neither Modbus nor by themselves: each has a {@link
 * sunpeer.drivers.bms.Dialect}, a pure codec from question to bytes and from bytes to a sealed result, and one {@link
 * sunpeer.drivers.bms.DialectBus} asks and listens. What a device answers is presented as registers, so that a profile reads
 * it like a Modbus device. Limits: questions only, nothing here can switch or set anything.
 */
@NullMarked
package sunpeer.drivers.bms;

import org.jspecify.annotations.NullMarked;

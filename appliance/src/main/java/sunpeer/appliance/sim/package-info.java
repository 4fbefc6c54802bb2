/**
 * Sky, panel, charger and battery made of numbers: the demo, the tests and the simulator run the product on them. All of it
 * is deterministic for a seed and a sequence of calls, and reads no clock.
 */
@NullMarked
package sunpeer.appliance.sim;

import org.jspecify.annotations.NullMarked;

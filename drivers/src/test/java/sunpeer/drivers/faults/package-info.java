/** The fault suite: every fault on every kind of wire, judged by what the simulated device really said. */
@NullMarked
package sunpeer.drivers.faults;

import org.jspecify.annotations.NullMarked;

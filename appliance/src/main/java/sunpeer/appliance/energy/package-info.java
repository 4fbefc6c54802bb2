/**
 * What is true of the energy now: where the sun is, what a clear sky would give, how full the battery is and how far that
 * may be believed, and how clear the sky really was by the panel's own measure. Everything here is pure: a reading goes in,
 * a value comes out, time is an argument. Knows nothing of jobs, peers or wires.
 */
@NullMarked
package sunpeer.appliance.energy;

import org.jspecify.annotations.NullMarked;

/**
 * A year of one solar node: the real estimate of the battery and the real policy, on a simulated panel, charge controller and
 * battery, in a second or so. And what follows from such years: which panel and which battery a place needs.
 */
@NullMarked
package sunpeer.appliance.sim.year;

import org.jspecify.annotations.NullMarked;

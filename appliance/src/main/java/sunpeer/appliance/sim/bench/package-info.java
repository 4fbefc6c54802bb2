/**
 * The bench of energy policies: real and simulated years of weather, batteries and panels of four sizes, the policies that
 * people use, ours, and what one could have done who had known the weather. Deterministic: the same folder gives the same
 * table.
 */
@NullMarked
package sunpeer.appliance.sim.bench;

import org.jspecify.annotations.NullMarked;

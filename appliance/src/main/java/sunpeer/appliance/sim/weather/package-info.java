/**
 * Years of measured or typical weather from files: plain CSV, TMY3, EPW and PVGIS. A file is recognised by what is in it, and
 * either read as a whole or refused with its line, what is wrong there and what to do.
 */
@NullMarked
package sunpeer.appliance.sim.weather;

import org.jspecify.annotations.NullMarked;

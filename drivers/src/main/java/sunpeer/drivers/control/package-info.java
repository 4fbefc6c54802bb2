/**
 * The two things that are ever written to a device, each only if its owner asked for it: the load output of a charge
 * controller, and its clock. Whether it may be done is decided by pure functions; what was done is read back, and how often is
 * kept over a restart.
 */
@NullMarked
package sunpeer.drivers.control;

import org.jspecify.annotations.NullMarked;

/** The service and everything that decides; see the packages below for its rooms. */
@NullMarked
package sunpeer.appliance;

import org.jspecify.annotations.NullMarked;

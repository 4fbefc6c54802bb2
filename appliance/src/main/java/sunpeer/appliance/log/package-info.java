/** How lines of the log look: for the journal, for a terminal, or as JSON for the demo that supervises several nodes. */
@NullMarked
package sunpeer.appliance.log;

import org.jspecify.annotations.NullMarked;

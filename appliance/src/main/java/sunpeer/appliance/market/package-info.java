/** The intelligence market of one node: subnets, what answers are worth, and the epoch that turns weights into rewards. */
@NullMarked
package sunpeer.appliance.market;

import org.jspecify.annotations.NullMarked;

/**
 * Finds out what is at the end of a wire, in an order that disturbs nobody: listens first, asks only for readings, stops at
 * the first sure answer and where another master is heard. What a family looks like stands in its profile; here are only
 * the order and the listening.
 */
@NullMarked
package sunpeer.drivers.probe;

import org.jspecify.annotations.NullMarked;

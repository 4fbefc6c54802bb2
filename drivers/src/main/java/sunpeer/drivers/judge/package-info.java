/**
 * Judges readings that follow each other: what cannot have changed so fast, a lifetime counter that falls, what is too old.
 * Whether a reading can be true by itself is judged before, where it is decoded.
 */
@NullMarked
package sunpeer.drivers.judge;

import org.jspecify.annotations.NullMarked;

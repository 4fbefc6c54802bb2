/** The way into the C library, for what neither Java nor a library of ours reaches. */
@NullMarked
package sunpeer.drivers.clibrary;

import org.jspecify.annotations.NullMarked;

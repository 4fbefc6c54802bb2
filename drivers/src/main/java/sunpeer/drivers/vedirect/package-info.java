/**
 * VE.Direct, the text that Victron devices speak by themselves with HEX frames in between: a codec from bytes to blocks and
 * frames, and a device that listens to it and merges its blocks. Nothing is ever sent.
 */
@NullMarked
package sunpeer.drivers.vedirect;

import org.jspecify.annotations.NullMarked;

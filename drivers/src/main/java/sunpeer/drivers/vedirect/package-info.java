/**
 * VE.Direct, the text that Victron devices speak by themselves: a codec from bytes to blocks, and a controller that
 * listens to it. Limits: nothing is ever sent, HEX frames are cut out and not decoded, and the two alternating blocks of
 * a battery monitor are not merged, so a BMV or SmartShunt is not yet a supported source.
 */
@NullMarked
package sunpeer.drivers.vedirect;

import org.jspecify.annotations.NullMarked;

/**
 * Captures: the bytes of a wire written down, and decoded again without the device. The text format stands on
 * {@link sunpeer.drivers.capture.CaptureText}; JSON as others write it is read too. Parsers never throw for content of any
 * kind, they say file, line and reason.
 */
@NullMarked
package sunpeer.drivers.capture;

import org.jspecify.annotations.NullMarked;

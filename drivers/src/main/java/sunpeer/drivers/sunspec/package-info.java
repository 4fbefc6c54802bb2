/**
 * Devices that describe themselves by SunSpec: a chain of standard models in their holding registers, found anew on each
 * connection and turned into a {@link sunpeer.drivers.profile.Profile} in code. What the models hold is data, in
 * {@code sunspec-models.txt}.
 */
@NullMarked
package sunpeer.drivers.sunspec;

import org.jspecify.annotations.NullMarked;

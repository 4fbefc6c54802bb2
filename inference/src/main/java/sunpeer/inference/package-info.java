/**
 * Quantised models: what a model file must satisfy, the supervised child process that runs it, and the training that
 * makes small ones. Knows nothing of peers or energy.
 */
@NullMarked
package sunpeer.inference;

import org.jspecify.annotations.NullMarked;

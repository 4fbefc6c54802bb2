/**
 * Quantised models: what a model file must satisfy ({@link sunpeer.inference.ModelValidator}), and who runs it: plain Java
 * ({@link sunpeer.inference.Int8Interpreter}) or TFLite in a supervised child process. Training makes small ones. Knows
 * nothing of peers or energy; wrong files, rows and children are values in sealed results.
 */
@NullMarked
package sunpeer.inference;

import org.jspecify.annotations.NullMarked;

/**
 * Training of small models on the node itself, and their export: a float MLP is trained on a time-ordered data set in
 * plain Java, quantised to int8 and written as a standard {@code .tflite} file. Deterministic by seed on every machine.
 */
@NullMarked
package sunpeer.inference.training;

import org.jspecify.annotations.NullMarked;

/**
 * TFLite in a supervised child process. The parent side ({@link sunpeer.inference.worker.TfliteWorker}) starts, times and
 * replaces the child; the child side is lean, binds TFLite's C API by {@code java.lang.foreign} and may crash at any time
 * without hurting the service. The two talk in length-prefixed frames over the child's standard input and output.
 */
@NullMarked
package sunpeer.inference.worker;

import org.jspecify.annotations.NullMarked;

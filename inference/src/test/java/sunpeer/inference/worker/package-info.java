/** Tests of the package of the same name, on real files and real child processes. */
@NullMarked
package sunpeer.inference.worker;

import org.jspecify.annotations.NullMarked;

/** The commands that people type. Each has {@code --help} and {@code --json}; exit 0 is well, 1 failed, 2 wrong usage. */
@NullMarked
package sunpeer.appliance.cli;

import org.jspecify.annotations.NullMarked;

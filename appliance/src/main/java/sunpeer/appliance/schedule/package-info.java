/**
 * What may run now: weighs a job against what the battery holds and what the night will take, and says why in one sentence.
 * Knows nothing of why a job is worth its value, nor of how the state of charge was found.
 */
@NullMarked
package sunpeer.appliance.schedule;

import org.jspecify.annotations.NullMarked;

/**
 * What may run now: a dynamic programme over battery and weather tells what a stored watt-hour is worth, a job runs when it
 * brings more, and one sentence says why.
 * Knows nothing of why a job is worth its value, nor of how the state of charge was found.
 */
@NullMarked
package sunpeer.appliance.schedule;

import org.jspecify.annotations.NullMarked;

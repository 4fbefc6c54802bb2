/**
 * The one SQLite file of a node: what a core wants kept is durable here before anything that depends on it is sent, and after a
 * power cut a core continues from here alone. It keeps bytes, and knows nothing of what a record means.
 */
@NullMarked
package sunpeer.appliance.store;

import org.jspecify.annotations.NullMarked;

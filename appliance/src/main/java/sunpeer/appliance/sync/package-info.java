/**
 * The way to other peers: topics, sessions and reconnecting over MQTT. Knows which message goes where, not what it is worth;
 * no topic name leaves this package.
 */
@NullMarked
package sunpeer.appliance.sync;

import org.jspecify.annotations.NullMarked;

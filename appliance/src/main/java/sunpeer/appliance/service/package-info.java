/**
 * The doing around the deciding: threads that own controller, inference child, store and connection, and the bounded queue
 * through which they talk to a core.
 */
@NullMarked
package sunpeer.appliance.service;

import org.jspecify.annotations.NullMarked;

/**
 * The one file an owner edits: reads {@code sunpeer.toml} into records that cannot be wrong, or says for every wrong line
 * what to write instead. The tables of keys in {@link sunpeer.appliance.config.NodeKeys} and
 * {@link sunpeer.appliance.config.GatewayKeys} drive reading, errors and help alike, so nothing is said twice. Reads files
 * and knows the records it fills; starts nothing.
 */
@NullMarked
package sunpeer.appliance.config;

import org.jspecify.annotations.NullMarked;

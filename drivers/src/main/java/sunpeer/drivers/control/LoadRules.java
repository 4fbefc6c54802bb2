package sunpeer.drivers.control;

import java.util.OptionalDouble;

/**
 * What the owner allows and where the node hangs. Immutable.
 *
 * @param allowed the owner asked for a load output that can be switched
 * @param nodeOnLoad the node, or its adapter, is fed by this very output
 * @param nodeLowV battery voltage at which the node itself saves power; empty when it goes by something else
 */
public record LoadRules(boolean allowed, boolean nodeOnLoad, OptionalDouble nodeLowV) {}

/**
 * What people see of a node: one page without a foreign byte, the same as JSON and as a few lines of text, and the small HTTP
 * server in front of them. Everything is made from a frozen {@link sunpeer.appliance.node.NodeView} and nothing else; nothing
 * here can change the node. Names and reasons come from strangers in the market, so all text is escaped unless it was made here.
 */
@NullMarked
package sunpeer.appliance.web;

import org.jspecify.annotations.NullMarked;

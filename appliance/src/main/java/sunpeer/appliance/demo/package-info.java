/**
 * The whole market on one machine: a broker, a gateway and three solar peers as processes of their own, each with its charge
 * controller on a real wire. Simulated are sun, battery and copper; everything else is what a box in the field runs.
 */
@NullMarked
package sunpeer.appliance.demo;

import org.jspecify.annotations.NullMarked;

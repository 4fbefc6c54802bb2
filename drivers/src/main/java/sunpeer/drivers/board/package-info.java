/**
 * What hangs on the header of a single-board computer: shunt monitors, thermometers, a status light, a load relay, a
 * button and a fan, through Pi4J with providers of our own on the kernel's character devices.
 *
 * <p>A {@link sunpeer.drivers.board.Board} hands them out; each opens itself when it is first used. Chips that a kernel
 * driver owns are read through that driver, others directly. In short:
 *
 * {@snippet :
 * Board board = Board.at(Path.of("/"));
 * BoardModel model = board.model().orElseThrow();
 *
 * // A battery monitor beside a charge controller: a Device like any other.
 * Device monitor = board.shuntMonitor(
 *         new ShuntAddress(ShuntChip.INA226, model.i2cBus(), 0x40, 1, 0.00075, Positive.DISCHARGE), clock);
 *
 * // The load relay on pin 15, a relay board that switches on at low level.
 * LoadRelay relay = new LoadRelay(board.output(model.line(15).orElseThrow(), true));
 * relay.begin();
 * Switching switching = relay.set(true, clock.instant());
 *
 * // On the thread of the board: the fan once a second, the button every 10 ms, the light at its next change.
 * running = thermostat.next(running, cpu.read() instanceof Climate.Ok ok ? ok.celsius() : Value.ABSENT);
 * fan.set(running);
 * Optional<Press> press = input.read() instanceof Level.Is is ? button.look(is.on(), millis) : Optional.empty();
 * light.set(StatusPattern.RUNNING.isLitAt(millis));
 * }
 */
@NullMarked
package sunpeer.drivers.board;

import org.jspecify.annotations.NullMarked;

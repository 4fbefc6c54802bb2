package sunpeer.appliance.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.node.Profile;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.schedule.Stage;
import sunpeer.appliance.sim.BoardPower;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.board.ShuntAddress;
import sunpeer.drivers.board.ShuntAddress.Positive;
import sunpeer.drivers.board.ShuntChip;

/**
 * What the owner of a node wrote into its file, checked as a whole. Immutable.
 *
 * @param monitor a second device that sees the battery better than the controller does
 * @param gatewayKey the only gateway to trust; empty to trust the first one seen
 * @param clock only in demonstrations; empty for the real time
 */
public record NodeConfig(
        Site site,
        Controller controller,
        Optional<Monitor> monitor,
        Panel panel,
        Battery battery,
        Board board,
        Broker broker,
        Optional<PeerKey> gatewayKey,
        Web web,
        Sleep sleep,
        Optional<DemoClock> clock) {

    /** A reading is worth nothing after this many polls were missed, and not before five minutes: radios hiccup. */
    private static final int STALE_POLLS = 6;

    private static final Duration STALE_MIN = Duration.ofMinutes(5);

    /** @param data directory that the node keeps its memory in */
    public record Site(String name, Place place, ZoneId zone, Path data) {}

    /**
     * @param pollPeriod between two readings of the controller
     * @param loadSwitch the owner allows that its load output is switched
     * @param clockSync the owner allows that its clock is set
     */
    public record Controller(DeviceAddress address, Duration pollPeriod, boolean loadSwitch, boolean clockSync) {}

    /** How the second device is reached. */
    public sealed interface Monitor {
        record Wired(DeviceAddress address) implements Monitor {}

        /**
         * A chip on this board's I²C.
         *
         * @param bus empty for the one on the header
         */
        record Shunt(ShuntChip chip, Optional<String> bus, int i2cAddress, int channel, double ohm, Positive positive)
                implements Monitor {
            public ShuntAddress on(String headerBus) {
                return new ShuntAddress(chip, bus.orElse(headerBus), i2cAddress, channel, ohm, positive);
            }
        }

        /** The device, if it is on a wire. */
        default Optional<DeviceAddress> wired() {
            return this instanceof Wired(DeviceAddress address) ? Optional.of(address) : Optional.empty();
        }
    }

    /** @param reserve fraction of the battery that only the base load may touch */
    public record Battery(BatterySpec spec, double reserve) {}

    /**
     * Power at the input of the board, before the losses of the converter that feeds it.
     *
     * @param supply where the power comes from; empty when nobody says
     */
    public record Board(double idleW, double activeW, Optional<FedBy> supply, Header header) {}

    /** What feeds the board and the adapter that talks to the controller. */
    public enum FedBy {
        BATTERY,
        /** One of the two hangs on the controller's load output and goes out with it. */
        LOAD_OUTPUT
    }

    /** @param port 0 takes any free one */
    public record Web(String bind, int port) {}

    /**
     * @param asleepW at the input of the board
     * @param rtc name of the clock that wakes it
     */
    public record Sleep(Mode mode, double asleepW, String rtc) {
        public enum Mode {
            AUTO,
            NEVER,
            SUSPEND,
            HALT
        }
    }

    /** Whether the node saves energy by rest. On an accelerated clock it does not: no board could keep up with it. */
    public boolean rests() {
        return sleep.mode() != Sleep.Mode.NEVER && clock.isEmpty();
    }

    /** The same for a board that can, or cannot, sleep and wake by itself. */
    public Profile profile(boolean canSleep) {
        Stage deepest = !rests() ? Stage.AWAKE : canSleep ? Stage.ASLEEP : Stage.RADIO_WINDOWS;
        return profile().resting(deepest);
    }

    /** The same in the terms of the node's core, with the losses of the board's converter added. */
    public Profile profile() {
        // Whoever measured an idle board of next to nothing has one that sleeps on less.
        BoardDraw draw =
                new BoardPower(board.idleW(), board.activeW(), Math.min(sleep.asleepW(), board.idleW() / 2)).draw();
        Duration stale = controller.pollPeriod().multipliedBy(STALE_POLLS);
        EnergyMonitor.Setup energy = new EnergyMonitor.Setup(
                site.place(),
                panel,
                battery.spec(),
                draw.idleW(),
                battery.reserve(),
                monitor.isEmpty() && board.supply().equals(Optional.of(FedBy.BATTERY)),
                stale.compareTo(STALE_MIN) < 0 ? STALE_MIN : stale);
        return new Profile(site.name(), site.zone(), energy, controller.pollPeriod(), draw, gatewayKey, Stage.AWAKE);
    }
}

package sunpeer.appliance.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.sim.BoardPower;
import sunpeer.drivers.board.ShuntChip;

/** Checks how the values of a node's file fit each other, and builds the configuration from them. Confined to one call. */
final class NodeTables {
    // Absorption outside of these is no setting of a charge controller, and the estimate of the charge hangs on it.
    private static final double LFP_CELL_MIN_V = 3.40;
    private static final double LFP_CELL_MAX_V = 3.70;
    private static final double LEAD_CELL_MIN_V = 2.28;
    private static final double LEAD_CELL_MAX_V = 2.60;
    private static final double LI_ION_CELL_MIN_V = 4.00;
    private static final double LI_ION_CELL_MAX_V = 4.20;
    /** Of a day's hours, those that the sun gives as full ones in a poor season: three. */
    private static final double POOR_SUN = 3.0 / 24;

    private final Settings settings;
    private final NodeKeys keys;
    private final Defaults defaults;
    private final Path directory;
    private final DeviceTable controller;
    private final DeviceTable monitor;
    private final ShuntTable shunt;
    private final HeaderTable header;

    NodeTables(Settings settings, NodeKeys keys, Defaults defaults, Path directory) {
        this.settings = settings;
        this.keys = keys;
        this.defaults = defaults;
        this.directory = directory;
        this.controller = new DeviceTable(settings, keys.controller);
        this.monitor = new DeviceTable(settings, keys.monitor);
        this.shunt = new ShuntTable(settings, keys.shunt, keys.monitor);
        this.header = new HeaderTable(settings, keys.header);
    }

    void check() {
        checkSite();
        checkDevices();
        settings.together(List.of(keys.tilt, keys.azimuth));
        checkAbsorption();
        checkBoard();
        header.check(keys.reserve);
        settings.given(keys.webPort)
                .filter(port -> port > 0 && port < 1024)
                .ifPresent(port -> settings.warn(keys.webPort, "is below 1024: the system may not grant it"));
        SharedTables.check(settings, keys.broker, keys.clock, directory);
    }

    private void checkSite() {
        boolean isNull = settings.given(keys.latitude).filter(deg -> deg == 0).isPresent()
                && settings.given(keys.longitude).filter(deg -> deg == 0).isPresent();
        if (isNull) {
            settings.warn(keys.latitude, "and longitude are 0: that is in the sea off Africa");
        }
    }

    private void checkDevices() {
        controller.check();
        shunt.check();
        if (monitor.isWired() || !shunt.isThere()) {
            monitor.checkIfThere();
        }
        checkOneChipAnAddress();
        checkShuntBears();
        boolean switches = settings.given(keys.loadSwitch).orElse(false);
        if (switches && !settings.has(keys.supply)) {
            settings.wrong(
                    keys.supply,
                    "is missing: a load output is only switched where that cannot cut off the board itself: give "
                            + keys.supply.form().wanted());
        }
    }

    private void checkOneChipAnAddress() {
        boolean sht = settings.given(keys.header.thermometer)
                .filter(one -> !(one instanceof Header.Thermometer.Ds18b20))
                .isPresent();
        if (sht && shunt.isThere() && !settings.has(keys.shunt.bus)) {
            settings.given(keys.shunt.address)
                    .filter(address -> address == Header.Thermometer.SHT_ADDRESS)
                    .ifPresent(address -> settings.wrong(
                            keys.shunt.address,
                            "is 0x44, where the battery_thermometer is: give the shunt chip another one"));
        }
    }

    private void checkShuntBears() {
        Optional<Double> chargedV =
                usualBattery().map(usual -> settings.given(keys.absorptionV).orElse(usual.absorptionV()));
        settings.given(keys.shunt.chip)
                .filter(chip -> chargedV.filter(volts -> volts > chip.busVMax()).isPresent())
                .ifPresent(chip -> settings.wrong(
                        keys.shunt.chip,
                        "bears " + Shown.number(chip.busVMax()) + " V, and this battery is charged with "
                                + Shown.number(chargedV.get()) + ": take a chip that bears it, ina226 to "
                                + Shown.number(ShuntChip.INA226.busVMax()) + " V, ina228 to "
                                + Shown.number(ShuntChip.INA228.busVMax()),
                        "shunt = \"ina228\""));
    }

    private void checkAbsorption() {
        Optional<BatterySpec> usual = usualBattery();
        Optional<Double> given = settings.given(keys.absorptionV);
        if (usual.isEmpty() || given.isEmpty()) {
            return;
        }
        BatterySpec battery = usual.get();
        double minV = battery.cells()
                * switch (battery.chemistry()) {
                    case LFP -> LFP_CELL_MIN_V;
                    case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> LEAD_CELL_MIN_V;
                    case LI_ION -> LI_ION_CELL_MIN_V;
                };
        double maxV = battery.cells()
                * switch (battery.chemistry()) {
                    case LFP -> LFP_CELL_MAX_V;
                    case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> LEAD_CELL_MAX_V;
                    case LI_ION -> LI_ION_CELL_MAX_V;
                };
        // Half a step of the last digit shown, so that the limits in the message can be given.
        if (given.get() < minV - 0.05 || given.get() > maxV + 0.05) {
            settings.wrong(
                    keys.absorptionV,
                    String.format(
                            Locale.ROOT,
                            "is %s: give a number of volts from %.1f to %.1f, as fits %s at %s V",
                            Shown.number(given.get()),
                            minV,
                            maxV,
                            NodeKeys.word(battery.chemistry()),
                            Shown.number(battery.nominalV())),
                    "absorption_v = " + String.format(Locale.ROOT, "%.1f", battery.absorptionV()));
        }
    }

    private Optional<BatterySpec> usualBattery() {
        return settings.given(keys.chemistry)
                .flatMap(chemistry -> settings.given(keys.voltage)
                        .flatMap(voltage -> settings.given(keys.capacityAh)
                                .map(capacity -> BatterySpec.of(chemistry, voltage, capacity))));
    }

    private void checkBoard() {
        if (settings.has(keys.kind) && (settings.has(keys.idleW) || settings.has(keys.activeW))) {
            settings.wrong(keys.kind, "cannot be given together with idle_w and active_w: keep the one or the other");
        } else {
            settings.together(List.of(keys.idleW, keys.activeW));
        }
        Optional<Double> idle = settings.given(keys.idleW);
        settings.given(keys.activeW)
                .filter(active -> idle.isPresent() && active <= idle.get())
                .ifPresent(active -> settings.wrong(
                        keys.activeW,
                        "is " + Shown.number(active) + ": give a number of watts above idle_w, which is "
                                + Shown.number(idle.get()),
                        "active_w = " + Shown.number(idle.get() * 2)));
        double idleW =
                idle.or(() -> settings.value(keys.kind).map(BoardPower::idleW)).orElse(0.0);
        settings.given(keys.sleep.asleepW)
                .filter(asleep -> idleW > 0 && asleep >= idleW)
                .ifPresent(asleep -> settings.wrong(
                        keys.sleep.asleepW,
                        "is " + Shown.number(asleep) + ": give a number of watts below what the idle board takes, "
                                + Shown.number(idleW)));
        double drawW = BoardPower.atBatteryW(idleW);
        settings.given(keys.watts)
                .filter(watts -> watts * POOR_SUN < drawW)
                .ifPresent(watts -> settings.warn(
                        keys.watts,
                        "is " + Shown.number(watts)
                                + ": in dull weeks such a panel does not even carry the idle board"));
    }

    NodeConfig build() {
        Place place = new Place(settings.must(keys.latitude), settings.must(keys.longitude));
        double watts = settings.must(keys.watts);
        Panel panel = settings.given(keys.tilt)
                .map(tilt -> new Panel(watts, tilt, settings.must(keys.azimuth)))
                .orElseGet(() -> Panel.facingEquator(place, watts));
        Optional<NodeConfig.FedBy> supply = settings.given(keys.supply);
        Header onHeader = header.build();
        NodeConfig.Board board = settings.given(keys.idleW)
                .map(idle -> new NodeConfig.Board(idle, settings.must(keys.activeW), supply, onHeader))
                .orElseGet(() -> {
                    BoardPower power = settings.must(keys.kind);
                    return new NodeConfig.Board(power.idleW(), power.activeW(), supply, onHeader);
                });
        return new NodeConfig(
                new NodeConfig.Site(
                        settings.must(keys.name),
                        place,
                        settings.given(keys.timezone).orElse(defaults.zone()),
                        settings.given(keys.data).map(directory::resolve).orElse(defaults.data())),
                new NodeConfig.Controller(
                        controller.address(),
                        Duration.ofSeconds(settings.must(keys.pollS)),
                        settings.must(keys.loadSwitch),
                        settings.must(keys.clockSync)),
                monitor(),
                panel,
                new NodeConfig.Battery(battery(), settings.must(keys.reserve)),
                board,
                SharedTables.broker(settings, keys.broker, directory),
                settings.given(keys.gatewayKey),
                new NodeConfig.Web(settings.must(keys.bind), settings.must(keys.webPort)),
                keys.sleep.build(settings),
                SharedTables.clock(settings, keys.clock));
    }

    private Optional<NodeConfig.Monitor> monitor() {
        if (shunt.isThere()) {
            return Optional.of(shunt.build());
        }
        return monitor.isThere() ? Optional.of(new NodeConfig.Monitor.Wired(monitor.address())) : Optional.empty();
    }

    private BatterySpec battery() {
        Chemistry chemistry = settings.must(keys.chemistry);
        double voltage = settings.must(keys.voltage);
        double capacity = settings.must(keys.capacityAh);
        return settings.given(keys.absorptionV)
                .map(absorption -> new BatterySpec(chemistry, voltage, capacity, absorption))
                .orElseGet(() -> BatterySpec.of(chemistry, voltage, capacity));
    }
}

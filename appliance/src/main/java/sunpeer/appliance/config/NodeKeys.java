package sunpeer.appliance.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.appliance.sim.BoardPower;

/** Every key of a node's file. Immutable. */
final class NodeKeys {
    private static final List<Double> LABELS_V = List.of(12.0, 12.8, 24.0, 25.6, 36.0, 38.4, 48.0, 51.2);
    private static final List<Map.Entry<String, Chemistry>> CHEMISTRIES = List.of(
            Map.entry("lfp", Chemistry.LFP),
            Map.entry("flooded", Chemistry.LEAD_FLOODED),
            Map.entry("agm", Chemistry.LEAD_AGM),
            Map.entry("gel", Chemistry.LEAD_GEL),
            Map.entry("lead_acid", Chemistry.LEAD_ACID),
            Map.entry("li_ion", Chemistry.LI_ION));

    // [node]
    final Key<String> name = new Key<>(
            "node", "name", Forms.name(), Key.required(), "how this peer is called on pages and charts", "\"roof-1\"");
    final Key<Double> latitude = new Key<>(
            "node",
            "latitude",
            Form.number("degrees", -90, 90),
            Key.required(),
            "where the panel is; negative in the south",
            "52.52");
    final Key<Double> longitude = new Key<>(
            "node",
            "longitude",
            Form.number("degrees", -180, 180),
            Key.required(),
            "where the panel is; negative in the west",
            "13.40");
    final Key<ZoneId> timezone;
    final Key<Path> data;

    // [controller], [monitor]
    final DeviceKeys controller;
    final DeviceKeys monitor;
    final ShuntKeys shunt = new ShuntKeys();
    final Key<Integer> pollS = new Key<>(
            "controller", "poll_s", Form.whole("seconds", 1, 300), Key.value(10L), "time between two readings", "10");

    final Key<Boolean> loadSwitch = new Key<>(
            "controller",
            "load_switch",
            Form.flag(),
            Key.value(false),
            "whether `sunpeer load` may switch the load output (EPEVER, SRNE)",
            "true");
    final Key<Boolean> clockSync = new Key<>(
            "controller",
            "clock_sync",
            Form.flag(),
            Key.value(false),
            "whether `sunpeer clock` may set the controller's clock (EPEVER)",
            "true");

    // [panel]
    final Key<Double> watts = new Key<>(
            "panel",
            "watts",
            Form.number("watts", 1, 100_000),
            Key.required(),
            "rated power of all panels together, from their labels",
            "100");
    final Key<Double> tilt = new Key<>(
            "panel",
            "tilt",
            Form.number("degrees", 0, 90),
            Key.nothing("without tilt and azimuth, learned from what the panel gives"),
            "0 lies flat, 90 stands upright",
            "55");
    final Key<Double> azimuth = new Key<>(
            "panel",
            "azimuth",
            Form.number("degrees", 0, 360),
            Key.nothing("goes together with tilt"),
            "where the front looks: 90 is east, 180 south, 270 west",
            "180");

    // [battery]
    final Key<Chemistry> chemistry = new Key<>(
            "battery",
            "chemistry",
            Form.word(CHEMISTRIES),
            Key.required(),
            "lfp is LiFePO4; flooded, agm and gel are lead, lead_acid any of these; li_ion is NMC or NCA",
            "\"lfp\"");
    final Key<Double> voltage = new Key<>(
            "battery", "voltage", Form.numberOf(LABELS_V), Key.required(), "nominal volts, from its label", "12.8");
    final Key<Double> capacityAh = new Key<>(
            "battery",
            "capacity_ah",
            Form.number("ampere-hours", 0.5, 10_000),
            Key.required(),
            "capacity, from its label",
            "20");
    final Key<Double> absorptionV = new Key<>(
            "battery",
            "absorption_v",
            Form.number("volts", 10, 75),
            Key.nothing("without it, the usual for this battery"),
            "charging (absorption) voltage, as set in the controller",
            "14.2");
    final Key<Double> reserve = new Key<>(
            "battery",
            "reserve",
            Form.number("", 0.05, 0.9),
            Key.value(0.20),
            "fraction of the battery kept for nights and bad days",
            "0.20");

    // [board]
    final Key<BoardPower> kind = new Key<>(
            "board",
            "kind",
            Form.word(List.of(
                    Map.entry("zero2w", BoardPower.ZERO_2_W),
                    Map.entry("pi4", BoardPower.PI_4),
                    Map.entry("pi5", BoardPower.PI_5),
                    Map.entry("orin_nano", BoardPower.ORIN_NANO))),
            Key.value("pi4"),
            "the computer, which tells what it draws",
            "\"pi4\"");
    final Key<Double> idleW = new Key<>(
            "board",
            "idle_w",
            Form.number("watts", 0.1, 200),
            Key.nothing("instead of kind, together with active_w"),
            "measured at the board's input when nothing runs",
            "2.7");
    final Key<Double> activeW = new Key<>(
            "board",
            "active_w",
            Form.number("watts", 0.1, 500),
            Key.nothing("instead of kind, together with idle_w"),
            "measured at the board's input while it computes",
            "6.0");

    final Key<NodeConfig.FedBy> supply = new Key<>(
            "board",
            "supply",
            Form.word(List.of(
                    Map.entry("battery", NodeConfig.FedBy.BATTERY),
                    Map.entry("load_output", NodeConfig.FedBy.LOAD_OUTPUT))),
            Key.nothing("must be given for load_switch"),
            "what feeds it: load_output if the board or its adapter hangs on the controller's load output",
            "\"battery\"");

    final HeaderKeys header = new HeaderKeys();

    // [gateway], [web]
    final Key<PeerKey> gatewayKey = new Key<>(
            "gateway",
            "key",
            Forms.key(),
            Key.nothing("without it, the first gateway seen is trusted and remembered"),
            "the only gateway to trust",
            "\"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\"");
    final Key<String> bind = new Key<>(
            "web",
            "bind",
            Forms.localAddress(),
            Key.value("0.0.0.0"),
            "who can see the page: 127.0.0.1 keeps it to this machine",
            "\"0.0.0.0\"");
    final Key<Integer> webPort = new Key<>(
            "web",
            "port",
            Form.whole("", 0, 65_535),
            Key.value(8080L),
            "port of the page; 0 takes any free one",
            "8080");

    final SleepKeys sleep = new SleepKeys();
    final BrokerKeys broker = new BrokerKeys();
    final ClockKeys clock = new ClockKeys();
    final Schema schema;

    NodeKeys(Defaults defaults) {
        timezone = new Key<>(
                "node",
                "timezone",
                Forms.zone(),
                Key.value(defaults.zone().getId()),
                "for the hours on the page",
                "\"Europe/Berlin\"");
        data = data("node", defaults.data());
        controller = new DeviceKeys(
                "controller",
                "the charge controller",
                true,
                defaults.profiles(),
                defaults.profiles().getFirst());
        monitor = new DeviceKeys(
                "monitor",
                "the battery monitor",
                false,
                defaults.profiles(),
                defaults.profiles().getLast());
        schema = new Schema(List.of(
                new Table("node", "who and where", true, List.of(name, latitude, longitude, timezone, data)),
                new Table(
                        "controller",
                        "the solar charge controller",
                        true,
                        plus(controller.all(), pollS, loadSwitch, clockSync)),
                new Table(
                        "monitor",
                        "a second device that sees the battery better: a shunt, battery monitor or BMS",
                        false,
                        plus(plus(monitor.all(), shunt.chip), shunt.details())),
                new Table("panel", "the solar panel", true, List.of(watts, tilt, azimuth)),
                new Table(
                        "battery", "the battery", true, List.of(chemistry, voltage, capacityAh, absorptionV, reserve)),
                new Table(
                        "board",
                        "the computer, and what hangs on its header",
                        false,
                        plus(List.of(kind, idleW, activeW, supply), header.all())),
                broker.table,
                new Table("gateway", "the peer that keeps the ledger", false, List.of(gatewayKey)),
                new Table("web", "the page for your browser", false, List.of(bind, webPort)),
                sleep.table,
                clock.table));
    }

    private static List<Key<?>> plus(List<Key<?>> keys, Key<?>... more) {
        return plus(keys, List.of(more));
    }

    private static List<Key<?>> plus(List<Key<?>> keys, List<Key<?>> more) {
        return Stream.concat(keys.stream(), more.stream()).toList();
    }

    static Key<Path> data(String table, Path defaultData) {
        return new Key<>(
                table,
                "data",
                Forms.path("the path of a directory"),
                Key.value(defaultData.toString()),
                "where the memory of this peer is kept",
                "\"/var/lib/sunpeer\"");
    }

    /** How the file calls it. */
    static String word(Chemistry chemistry) {
        return CHEMISTRIES.stream()
                .filter(word -> word.getValue() == chemistry)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}

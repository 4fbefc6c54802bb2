package sunpeer.appliance.config;

import java.util.List;
import java.util.Map;

/** The keys that say which device is on which wire, the same in every table that names one. Immutable. */
final class DeviceKeys {
    final String table;
    final Key<String> profile;
    final Key<String> port;
    final Key<Forms.Endpoint> tcp;
    final Key<Forms.Endpoint> rtuTcp;
    final Key<Integer> unit;
    final Key<Integer> baud;

    /**
     * @param device in words: {@code "the charge controller"}
     * @param isRequired whether a file without it cannot be complete
     * @param sample id of a profile
     */
    DeviceKeys(String table, String device, boolean isRequired, List<String> profiles, String sample) {
        this.table = table;
        String oneWire = isRequired ? "one of port, tcp and rtu_tcp" : "one of port, tcp, rtu_tcp and shunt";
        profile = new Key<>(
                table,
                "profile",
                Form.word(profiles.stream().map(id -> Map.entry(id, id)).toList()),
                isRequired ? Key.required() : Key.nothing("goes together with a wire"),
                "make of " + device,
                "\"" + sample + "\"");
        port = new Key<>(
                table,
                "port",
                Forms.device(),
                Key.nothing(oneWire),
                "the serial adapter; best its lasting name under /dev/serial/by-id",
                "\"/dev/ttyUSB0\"");
        tcp = new Key<>(
                table,
                "tcp",
                Forms.endpoint(),
                Key.nothing(oneWire),
                "a device or gateway that speaks Modbus TCP",
                "\"192.168.1.50:502\"");
        rtuTcp = new Key<>(
                table,
                "rtu_tcp",
                Forms.endpoint(),
                Key.nothing(oneWire),
                "a serial gateway that carries Modbus RTU as it is, EPEVER's dongle for one",
                "\"192.168.1.51:9999\"");
        unit = new Key<>(
                table,
                "unit",
                Form.wholeIf(
                        "a whole number from 1 to 247, or 255",
                        "a whole number",
                        id -> (id >= 1 && id <= 247) || id == 255),
                Key.value(1L),
                "Modbus address of " + device,
                "1");
        baud = new Key<>(
                table,
                "baud",
                Form.wholeOf(List.of(0, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200)),
                Key.value(0L),
                "speed of the serial line; 0 takes the profile's own",
                "115200");
    }

    List<Key<?>> all() {
        return List.of(profile, port, tcp, rtuTcp, unit, baud);
    }
}

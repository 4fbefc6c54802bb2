package sunpeer.appliance.config;

import java.util.List;
import java.util.Map;
import sunpeer.drivers.board.ShuntAddress.Positive;
import sunpeer.drivers.board.ShuntChip;

/** The keys of {@code [monitor]} that say which shunt chip is on the board's own header. Immutable. */
final class ShuntKeys {
    private static final String NEEDED = "goes together with shunt";

    final Key<ShuntChip> chip = new Key<>(
            "monitor",
            "shunt",
            Form.word(List.of(
                    Map.entry("ina219", ShuntChip.INA219),
                    Map.entry("ina226", ShuntChip.INA226),
                    Map.entry("ina228", ShuntChip.INA228),
                    Map.entry("ina3221", ShuntChip.INA3221))),
            Key.nothing("instead of profile and a wire"),
            "a shunt chip on the I2C pins of this board (3 and 5), in the battery's plus wire",
            "\"ina226\"");
    final Key<Double> milliohm = new Key<>(
            "monitor",
            "shunt_milliohm",
            Form.number("milliohms", 0.01, 1000),
            Key.nothing(NEEDED),
            "the shunt, as printed on it: R100 is 100, R010 is 10, R002 is 2",
            "10");
    final Key<Positive> positive = new Key<>(
            "monitor",
            "positive",
            Form.word(List.of(Map.entry("charging", Positive.CHARGE), Map.entry("discharging", Positive.DISCHARGE))),
            Key.nothing(NEEDED),
            "charging if the chip's IN+ (VIN+) is at the charger's end of the shunt, discharging if at the battery's",
            "\"charging\"");
    final Key<Integer> address = new Key<>(
            "monitor",
            "i2c_address",
            Form.wholeIf(
                    "a whole number from 64 to 79 (0x40 to 0x4F)",
                    "a whole number from 64 to 79 (0x40 to 0x4F)",
                    number -> number >= 0x40 && number <= 0x4F),
            Key.value(0x40L),
            "address of the chip, by its solder bridges",
            "0x40");
    final Key<Integer> channel = new Key<>(
            "monitor", "channel", Form.whole("", 1, 3), Key.value(1L), "input of an INA3221; others have only 1", "1");
    final Key<String> bus = new Key<>(
            "monitor",
            "i2c_bus",
            Forms.bus(),
            Key.nothing("without it, pins 3 and 5"),
            "another I2C bus, by the name of its controller; `i2cdetect -l` shows it",
            "\"fe804000.i2c\"");

    /** All but the chip, which the others need. */
    List<Key<?>> details() {
        return List.of(milliohm, positive, address, channel, bus);
    }
}

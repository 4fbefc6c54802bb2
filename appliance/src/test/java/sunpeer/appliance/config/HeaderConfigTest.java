package sunpeer.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.drivers.board.ShuntAddress;
import sunpeer.drivers.board.ShuntAddress.Positive;
import sunpeer.drivers.board.ShuntChip;
import sunpeer.drivers.board.Thermostat;

/** What hangs on the board's own header: a shunt as monitor, and what {@code [board]} names. */
class HeaderConfigTest {
    private static final String BEFORE = """
            [node]
            name = "roof-1"
            latitude = 45
            longitude = 7
            [controller]
            profile = "epever"
            tcp = "10.0.0.5:502"
            [panel]
            watts = 100
            [battery]
            chemistry = "lfp"
            voltage = 12.8
            capacity_ah = 20
            [broker]
            url = "mqtt://localhost"
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private ConfigResult<NodeConfig> read(String more) {
        return Example.read(directory, BEFORE + more);
    }

    private NodeConfig good(String more) {
        return Example.good(read(more));
    }

    private static final String SHUNT = "[monitor]\nshunt = \"ina226\"\nshunt_milliohm = 2\npositive = \"charging\"\n";

    @Test
    void aShuntWithItsDefaults() {
        assertThat(good(SHUNT).monitor().orElseThrow())
                .isEqualTo(new NodeConfig.Monitor.Shunt(
                        ShuntChip.INA226, Optional.empty(), 0x40, 1, 0.002, Positive.CHARGE));
    }

    @Test
    void aShuntWithEveryKey() {
        String text = """
                [monitor]
                shunt = "ina3221"
                shunt_milliohm = 100
                positive = "discharging"
                i2c_address = 0x43
                channel = 3
                i2c_bus = "c240000.i2c"
                """;
        assertThat(good(text).monitor().orElseThrow())
                .isInstanceOfSatisfying(
                        NodeConfig.Monitor.Shunt.class,
                        shunt -> assertThat(shunt.on("another"))
                                .isEqualTo(new ShuntAddress(
                                        ShuntChip.INA3221, "c240000.i2c", 0x43, 3, 0.1, Positive.DISCHARGE)));
    }

    @Test
    void theHeaderWithItsDefaults() {
        String text = "[board]\nfan_pin = 12\nrelay_pin = 15\nbattery_thermometer = \"sht4x\"\n";
        assertThat(good(text).board().header())
                .isEqualTo(new Header(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Header.Fan(12, new Thermostat(65, 55))),
                        Optional.of(new Header.Relay(15, false, 0.6, 0.4)),
                        Optional.of(new Header.Thermometer.Sht4x())));
        assertThat(good("[board]\nkind = \"pi5\"\n").board().header()).isEqualTo(Header.BARE);
    }

    /** Lines of a table, "~" between them; then what the owner reads, without the example. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[monitor]~shunt = \"ina227\"~shunt_milliohm = 2~positive = \"charging\" | 17: monitor.shunt is \"ina227\": give \"ina219\", \"ina226\", \"ina228\" or \"ina3221\"",
                "[monitor]~shunt = \"ina226\"~positive = \"charging\" | 17: monitor.shunt_milliohm is missing: it goes together with shunt: give a number of milliohms from 0.01 to 1000",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 0~positive = \"charging\" | 18: monitor.shunt_milliohm is 0: give a number of milliohms from 0.01 to 1000",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 2 | 17: monitor.positive is missing: it goes together with shunt: give \"charging\" or \"discharging\"",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 2~positive = \"in\" | 19: monitor.positive is \"in\": give \"charging\" or \"discharging\"",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 2~positive = \"charging\"~i2c_address = 40 | 20: monitor.i2c_address is 40: give a whole number from 64 to 79 (0x40 to 0x4F)",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 2~positive = \"charging\"~i2c_address = \"0x40\" | 20: monitor.i2c_address is \"0x40\": give a whole number from 64 to 79 (0x40 to 0x4F)",
                "[monitor]~shunt = \"ina3221\"~shunt_milliohm = 2~positive = \"charging\"~i2c_address = 0x44 | 20: monitor.i2c_address is 0x44: an ina3221 can only be at 0x40 to 0x43",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 2~positive = \"charging\"~channel = 2 | 20: monitor.channel is 2: an ina226 has only 1",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 2~positive = \"charging\"~i2c_bus = 1 | 20: monitor.i2c_bus is 1: give the name of an I2C controller or adapter, in quotes",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 2~positive = \"charging\"~tcp = \"10.0.0.9:502\"~profile = \"victron\" | 17: monitor.shunt cannot be given together with tcp: keep the one that is wired",
                "[monitor]~shunt = \"ina226\"~shunt_milliohm = 2~positive = \"charging\"~profile = \"victron\" | 20: monitor.profile is for a device on a wire: take it away, or shunt",
                "[monitor]~profile = \"victron\"~tcp = \"10.0.0.9:502\"~channel = 2 | 19: monitor.channel says nothing without shunt: give \"ina219\", \"ina226\", \"ina228\" or \"ina3221\" as shunt, or take it away",
                "[board]~led_pin = 6 | 17: board.led_pin is 6: give the number of a header pin that is no supply, ground or I2C: 7, 8, 10, 11, 12, 13, 15, 16, 18, 19, 21, 22, 23, 24, 26, 29, 31, 32, 33, 35, 36, 37, 38 or 40",
                "[board]~led_pin = 11~button_pin = 11 | 18: board.button_pin is 11, and so is led_pin: give each a pin of its own",
                "[board]~fan_on_c = 70 | 17: board.fan_on_c says nothing without fan_pin: give the number of a header pin that is no supply, ground or I2C: 7, 8, 10, 11, 12, 13, 15, 16, 18, 19, 21, 22, 23, 24, 26, 29, 31, 32, 33, 35, 36, 37, 38 or 40 as fan_pin, or take it away",
                "[board]~fan_pin = 12~fan_on_c = 50 | 18: board.fan_on_c is 50: give a number of degrees Celsius at least 2 above fan_off_c, which is 55",
                "[board]~fan_pin = 12~fan_on_c = 70~fan_off_c = 69 | 19: board.fan_off_c is 69: give a number of degrees Celsius at least 2 below fan_on_c, which is 70",
                "[board]~relay_pin = 15~relay_off_percent = 58 | 18: board.relay_off_percent is 58: give a number of percent at least 5 below relay_on_percent, which is 60",
                "[board]~relay_pin = 15~relay_on_percent = 0.6 | 18: board.relay_on_percent is 0.6: give a number of percent from 1 to 100",
                "[board]~relay_pin = 15~relay_active_low = 1 | 18: board.relay_active_low is 1: give true or false",
                "[board]~battery_thermometer = \"ds18b20:28-12\" | 17: board.battery_thermometer is \"ds18b20:28-12\": give \"ds18b20\", \"ds18b20:\" and its id if there are several, \"sht3x\" or \"sht4x\"",
                "[board]~battery_thermometer = \"sht3x\"~[monitor]~shunt = \"ina226\"~shunt_milliohm = 2~positive = \"charging\"~i2c_address = 0x44 | 22: monitor.i2c_address is 0x44, where the battery_thermometer is: give the shunt chip another one",
            })
    void saysWhatIsWrong(String lines, String wanted) {
        assertThat(Example.texts(read(lines.replace("~", "\n") + "\n")).replaceFirst(", for example: [^\n]*$", ""))
                .isEqualTo("sunpeer.toml:" + wanted);
    }

    @Test
    void refusesAChipThatDoesNotBearTheBattery() {
        String on24V = (BEFORE + SHUNT).replace("voltage = 12.8", "voltage = 25.6");
        assertThat(Example.texts(Example.read(directory, on24V))).isEmpty();
        assertThat(Example.texts(Example.read(directory, on24V.replace("ina226", "ina219"))))
                .isEqualTo(
                        "sunpeer.toml:17: monitor.shunt bears 26 V, and this battery is charged with 28.4: take a chip"
                                + " that bears it, ina226 to 36 V, ina228 to 85, for example: shunt = \"ina228\"");
    }

    @Test
    void warns() {
        String text =
                "[board]\nrelay_pin = 15\nrelay_off_percent = 10\nled_pin = 7\nbattery_thermometer = \"ds18b20\"\n";
        assertThat(Example.warnings(read(text)))
                .containsExactly(
                        "sunpeer.toml:18: board.relay_off_percent is 10, below the battery's reserve of 20 percent: the"
                                + " load then takes what is kept for this node",
                        "sunpeer.toml:19: board.led_pin is 7, where a Raspberry Pi has the DS18B20 unless w1-gpio names"
                                + " another pin");
    }
}

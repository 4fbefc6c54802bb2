package sunpeer.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;
import sunpeer.drivers.board.Thermometer.Climate;

class ThermometerTest {
    private static final String BUS = "fe804000.i2c";
    private static final byte[] SHT3X_COMMAND = {0x24, 0x00};
    private static final byte[] SHT4X_COMMAND = {(byte) 0xFD};

    @TempDir
    private Path root;

    private FakeBoard fake;

    @BeforeEach
    void aPi4() {
        fake = new FakeBoard(root).i2cBus(BUS, 1, "bcm2835 (i2c@7e804000)");
    }

    private static Climate.Ok ok(Thermometer thermometer) {
        Climate climate = thermometer.read();
        assertThat(climate).isInstanceOf(Climate.Ok.class);
        return (Climate.Ok) climate;
    }

    private static Fault fault(Thermometer thermometer) {
        Climate climate = thermometer.read();
        assertThat(climate).isInstanceOf(Climate.Failed.class);
        return ((Climate.Failed) climate).fault();
    }

    private static byte[] answer(int temperature, int humidity) {
        byte[] bytes = {(byte) (temperature >> 8), (byte) temperature, 0, (byte) (humidity >> 8), (byte) humidity, 0};
        bytes[2] = (byte) Sensirion.crc(bytes[0], bytes[1]);
        bytes[5] = (byte) Sensirion.crc(bytes[3], bytes[4]);
        return bytes;
    }

    @Test
    void checksumOfTheDatasheet() {
        assertThat(Sensirion.crc((byte) 0xBE, (byte) 0xEF)).isEqualTo(0x92);
        // What a dead bus reads must not pass for a measurement.
        assertThat(Sensirion.crc((byte) 0x00, (byte) 0x00)).isNotZero();
        assertThat(Sensirion.crc((byte) 0xFF, (byte) 0xFF)).isNotEqualTo(0xFF);
    }

    @ParameterizedTest
    @CsvSource({
        // raw temperature, raw humidity, C, % by SHT3x, % by SHT4x
        "0x6666, 0x8000, 25.0, 50.0, 56.5",
        "0x3333, 0x0000, -10.0, 0.0, 0.0",
        "0x41D4, 0xFFFF, 0.0, 100.0, 100.0",
    })
    void sht(String temperature, String humidity, double celsius, double sht3x, double sht4x) {
        byte[] answer = answer(Integer.decode(temperature), Integer.decode(humidity));
        fake.chip(1, 0x44, new FakeSht(SHT3X_COMMAND, 15.5, answer));
        fake.chip(1, 0x45, new FakeSht(SHT4X_COMMAND, 8.3, answer));
        assertThat(ok(fake.board().sht3x(BUS, 0x44))).isEqualTo(new Climate.Ok(Value.good(celsius), Value.good(sht3x)));
        assertThat(ok(fake.board().sht4x(BUS, 0x45))).isEqualTo(new Climate.Ok(Value.good(celsius), Value.good(sht4x)));
    }

    @Test
    void everyWrongBitOfAnShtIsSeen() {
        byte[] answer = answer(0x6543, 0x7654);
        for (int bit = 0; bit < 48; bit++) {
            byte[] wrong = answer.clone();
            wrong[bit / 8] ^= (byte) (1 << (bit % 8));
            fake.chip(1, 0x44, new FakeSht(SHT4X_COMMAND, 8.3, wrong));
            assertThat(fault(fake.board().sht4x(BUS, 0x44)).kind()).isEqualTo(Fault.Kind.GARBLED);
        }
    }

    @Test
    void anShtThatIsNotThereOrOfTheOtherFamily() {
        assertThat(fault(fake.board().sht3x(BUS, 0x44)).kind()).isEqualTo(Fault.Kind.NO_ANSWER);
        fake.chip(1, 0x44, new FakeSht(SHT4X_COMMAND, 8.3, answer(0x6666, 0x8000)));
        assertThat(fault(fake.board().sht3x(BUS, 0x44)).message()).startsWith("SHT3X at 0x44 on " + BUS);
        fake.chip(1, 0x44, new FakeSht(SHT4X_COMMAND, 8.3, answer(0xFFFF, 0x8000)));
        assertThat(ok(fake.board().sht4x(BUS, 0x44)).celsius().quality()).isEqualTo(Quality.SUSPECT);
        assertThatThrownBy(() -> fake.board().sht3x(BUS, 0x40)).isInstanceOf(IllegalArgumentException.class);
        assertThat(fake.kernel.openCount())
                .as("only the one that answered stays open")
                .isEqualTo(1);
    }

    @Test
    void anShtOfTheKernel() {
        String hwmon = "sys/bus/i2c/devices/1-0044/hwmon/hwmon2/";
        fake.file(hwmon + "name", "sht4x\n")
                .file(hwmon + "temp1_input", "-4210\n")
                .file(hwmon + "humidity1_input", "61250\n");
        assertThat(ok(fake.board().sht4x(BUS, 0x44))).isEqualTo(new Climate.Ok(Value.good(-4.21), Value.good(61.25)));
        assertThat(fault(fake.board().sht3x(BUS, 0x44)).message()).contains("as \"sht4x\"");
    }

    private static String w1(String scratchpad, String verdict, String milli) {
        return scratchpad + " : crc=" + scratchpad.substring(24) + " " + verdict + "\n" + scratchpad + " t=" + milli
                + "\n";
    }

    @ParameterizedTest
    @CsvSource({
        "20937, 20.937, GOOD",
        "-1250, -1.25, GOOD",
        "0, 0, GOOD",
        "125000, 125, GOOD",
        "-55000, -55, GOOD",
        "85000, 85, SUSPECT", // never measured
        "127937, 127.937, SUSPECT", // supply dipped
        "-127000, -127, SUSPECT",
    })
    void ds18b20(String milli, double celsius, Quality quality) {
        fake.file("sys/bus/w1/devices/28-0123456789ab/w1_slave", w1("4f 01 4b 46 7f ff 01 10 5c", "YES", milli));
        Value value = new Value(celsius, quality);
        assertThat(ok(fake.board().ds18b20("28-0123456789ab"))).isEqualTo(new Climate.Ok(value, Value.ABSENT));
        assertThat(ok(fake.board().ds18b20("")).celsius()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "4f 01 4b 46 7f ff 01 10 5c, NO, 20937", // an old temperature
        "00 00 00 00 00 00 00 00 00, YES, 0", // a shorted bus
        "4f 01 4b 46 7f ff 01 10 5c, YES, warm",
        "4f 01 4b 46 7f ff 01 10 5c, MAYBE, 20937",
    })
    void aDs18b20ThatCannotBeBelieved(String scratchpad, String verdict, String milli) {
        fake.file("sys/bus/w1/devices/28-0123456789ab/w1_slave", w1(scratchpad, verdict, milli));
        assertThat(fault(fake.board().ds18b20("")).kind()).isEqualTo(Fault.Kind.GARBLED);
    }

    @Test
    void eightyFiveDegreesAreBelievedOnlyNearby() {
        Thermometer thermometer = fake.board().ds18b20("");
        String file = "sys/bus/w1/devices/28-0123456789ab/w1_slave";
        String scratchpad = "4f 01 4b 46 7f ff 01 10 5c";
        fake.file(file, w1(scratchpad, "YES", "84500"));
        assertThat(ok(thermometer).celsius().isGood()).isTrue();
        fake.file(file, w1(scratchpad, "YES", "85000"));
        assertThat(ok(thermometer).celsius().isGood()).isTrue();
        fake.file(file, w1(scratchpad, "YES", "25000"));
        assertThat(ok(thermometer).celsius().isGood()).isTrue();
        fake.file(file, w1(scratchpad, "YES", "85000"));
        assertThat(ok(thermometer).celsius().isGood()).isFalse();
    }

    @Test
    void noneOrTwoDs18b20() {
        assertThat(fault(fake.board().ds18b20("")).message()).startsWith("no DS18B20 on the 1-Wire bus");
        assertThat(fault(fake.board().ds18b20("28-0123456789ab")).kind()).isEqualTo(Fault.Kind.PORT_MISSING);
        fake.file("sys/bus/w1/devices/28-0123456789ab/w1_slave", "");
        fake.file("sys/bus/w1/devices/28-0123456789ac/w1_slave", "");
        assertThat(fault(fake.board().ds18b20("")).message()).startsWith("2 DS18B20 on the 1-Wire bus: say which one");
        assertThatThrownBy(() -> fake.board().ds18b20("../../etc")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thermalZoneByType() {
        fake.file("sys/class/thermal/thermal_zone0/type", "gpu-thermal\n")
                .file("sys/class/thermal/thermal_zone0/temp", "41000\n")
                .file("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n")
                .file("sys/class/thermal/thermal_zone1/temp", "52312\n");
        assertThat(ok(fake.board().thermalZone("cpu-thermal")).celsius()).isEqualTo(Value.good(52.31));
        assertThat(fault(fake.board().thermalZone("soc")).message())
                .isEqualTo("no thermal zone is called soc: there are gpu-thermal, cpu-thermal");
    }
}

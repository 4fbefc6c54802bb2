package sunpeer.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.board.ShuntAddress.Positive;

/** Chips that a kernel driver owns; the bus itself has none, so nothing here can have been read from it. */
class HwmonShuntTest {
    private static final String BUS = "c250000.i2c";
    private static final String HWMON = "sys/bus/i2c/devices/7-0040/hwmon/hwmon3/";

    @TempDir
    private Path root;

    private FakeBoard fake;

    @BeforeEach
    void aJetson() {
        fake = new FakeBoard(root).i2cBus(BUS, 7, BUS);
    }

    private ReadResult read(ShuntChip chip, int channel, double ohm, Positive positive) {
        ShuntAddress address = new ShuntAddress(chip, BUS, 0x40, channel, ohm, positive);
        return fake.board().shuntMonitor(address, () -> Instant.EPOCH).read();
    }

    private static ReadResult.Ok ok(ReadResult result) {
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        return (ReadResult.Ok) result;
    }

    private static Fault fault(ReadResult result) {
        assertThat(result).isInstanceOf(ReadResult.Failed.class);
        return ((ReadResult.Failed) result).fault();
    }

    private void ina2xx(String name, String currentMa, String resistorMicroOhm) {
        fake.file(HWMON + "name", name + "\n")
                .file(HWMON + "in0_input", "9\n")
                .file(HWMON + "in1_input", "12824\n")
                .file(HWMON + "curr1_input", currentMa + "\n")
                .file(HWMON + "power1_input", "11000000\n")
                .file(HWMON + "shunt_resistor", resistorMicroOhm + "\n");
    }

    @Test
    void theOwnersShuntCountsNotTheDrivers() {
        // The driver believes in its default of 10 mOhm and shows -940 mA; over the owner's 2 mOhm it is five times
        // that.
        ina2xx("ina226", "-940", "10000");
        ReadResult.Ok result = ok(read(ShuntChip.INA226, 1, 0.002, Positive.CHARGE));
        assertThat(result.reading().batteryA().number()).isCloseTo(-4.7, within(1e-9));
        assertThat(result.reading().batteryA().isGood()).isTrue();
        assertThat(result.reading().batteryV().number()).isEqualTo(12.824);
        assertThat(ok(read(ShuntChip.INA226, 1, 0.002, Positive.DISCHARGE))
                        .reading()
                        .batteryA()
                        .number())
                .isCloseTo(4.7, within(1e-9));
    }

    @Test
    void theEndOfTheRange() {
        ina2xx("ina226", "8191", "10000");
        assertThat(ok(read(ShuntChip.INA226, 1, 0.01, Positive.CHARGE))
                        .reading()
                        .batteryA()
                        .quality())
                .isEqualTo(Quality.SUSPECT);
        ina2xx("ina219", "8191", "10000");
        assertThat(ok(read(ShuntChip.INA219, 1, 0.01, Positive.CHARGE))
                        .reading()
                        .batteryA()
                        .quality())
                .isEqualTo(Quality.GOOD);
    }

    @Test
    void anotherDriver() {
        ina2xx("ina226", "1", "10000");
        assertThat(fault(read(ShuntChip.INA219, 1, 0.01, Positive.CHARGE)).message())
                .startsWith("the kernel drives INA219 at 0x40 on c250000.i2c as \"ina226\": correct its name");
    }

    @Test
    void aDriverThatDoesNotSayItsShunt() {
        fake.file(HWMON + "name", "ina228\n").file(HWMON + "curr1_input", "1\n").file(HWMON + "in1_input", "12000\n");
        Fault fault = fault(read(ShuntChip.INA228, 1, 0.01, Positive.CHARGE));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.REFUSED);
        assertThat(fault.message()).contains("does not say which shunt");
    }

    @Test
    void channelsOfAnIna3221WithTheirLabels() {
        fake.file(HWMON + "name", "ina3221\n")
                .file(HWMON + "in1_label", "VDD_IN\n")
                .file(HWMON + "in1_input", "12800\n")
                .file(HWMON + "in4_input", "2440\n")
                .file(HWMON + "in2_input", "4968\n")
                .file(HWMON + "in5_input", "-120\n");
        ReadResult.Ok first = ok(read(ShuntChip.INA3221, 1, 0.005, Positive.DISCHARGE));
        assertThat(first.reading().batteryA().number()).isCloseTo(-0.488, within(1e-9));
        assertThat(first.reading().batteryV().number()).isEqualTo(12.8);
        assertThat(first.details()).contains(Detail.text("channel", "VDD_IN"));
        assertThat(ok(read(ShuntChip.INA3221, 2, 0.005, Positive.CHARGE))
                        .reading()
                        .batteryA()
                        .number())
                .isCloseTo(-0.024, within(1e-9));
        Fault third = fault(read(ShuntChip.INA3221, 3, 0.005, Positive.CHARGE));
        assertThat(third.kind()).isEqualTo(Fault.Kind.PORT_MISSING);
    }

    @Test
    void aFileWithoutANumber() {
        ina2xx("ina226", "?", "10000");
        assertThat(fault(read(ShuntChip.INA226, 1, 0.01, Positive.CHARGE)).kind())
                .isEqualTo(Fault.Kind.GARBLED);
    }
}

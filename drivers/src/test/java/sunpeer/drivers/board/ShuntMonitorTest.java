package sunpeer.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Device;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.board.ShuntAddress.Positive;

/** Chips in memory behind the whole stack: monitor, Pi4J, our provider, the kernel's structs. */
class ShuntMonitorTest {
    private static final String BUS = "1f00074000.i2c";
    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path root;

    private FakeBoard fake;
    private Board board;

    @BeforeEach
    void aBoardWithABus() {
        fake = new FakeBoard(root).i2cBus("1f00084000.i2c", 0, "Synopsys DesignWare I2C adapter");
        fake.i2cBus(BUS, 1, "Synopsys DesignWare I2C adapter");
        // What ACPI and udev put beside the numbered ones.
        fake.file("sys/bus/i2c/devices/i2c-ELAN0001:00/name", "touchpad");
        board = fake.board();
    }

    private Device monitor(ShuntChip chip, double shuntOhm, Positive positive) {
        return board.shuntMonitor(new ShuntAddress(chip, BUS, 0x40, 1, shuntOhm, positive), () -> AT);
    }

    private static ReadResult.Ok ok(Device monitor) {
        ReadResult result = monitor.read();
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        return (ReadResult.Ok) result;
    }

    private static Fault fault(Device monitor) {
        ReadResult result = monitor.read();
        assertThat(result).isInstanceOf(ReadResult.Failed.class);
        return ((ReadResult.Failed) result).fault();
    }

    private static Detail detail(ReadResult.Ok result, String name) {
        return result.details().stream()
                .filter(detail -> detail.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private FakeIna put(ShuntChip chip) {
        FakeIna ina = switch (chip) {
            case INA219 -> new FakeIna.Of219();
            case INA226 -> new FakeIna.Of226();
            case INA228 -> new FakeIna.Of228();
            case INA3221 -> new FakeIna.Of3221();
        };
        fake.chip(1, 0x40, ina);
        return ina;
    }

    private static void pins(FakeIna ina, double shuntV, double busV) {
        ina.shuntV = shuntV;
        ina.busV = busV;
        if (ina instanceof FakeIna.Of3221 three) {
            three.shuntVs[0] = shuntV;
            three.busVs[0] = busV;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // chip, shunt mV, bus V, ohm, positive, A, its step, V, its step
        "INA219, 12.34, 13.216, 0.01, CHARGE, 1.234, 0.001, 13.216, 0.004",
        "INA219, -12.34, 13.216, 0.01, CHARGE, -1.234, 0.001, 13.216, 0.004",
        "INA219, -319.9, 25.9, 0.1, DISCHARGE, 3.199, 0.0001, 25.9, 0.004",
        "INA226, -81.9, 28.8, 0.002, CHARGE, -40.95, 0.00125, 28.8, 0.00125",
        "INA226, 0.0025, 12, 0.00075, DISCHARGE, -0.003333, 0.0034, 12, 0.00125",
        "INA228, -150, 57.6, 0.00075, CHARGE, -200, 0.0005, 57.6, 0.0002",
        "INA228, -0.0003125, 12.8, 0.001, DISCHARGE, 0.000313, 0.0000006, 12.8, 0.0002",
        "INA228, 163.8, 84.9, 0.001, CHARGE, 163.8, 0.0004, 84.9, 0.0002",
        "INA3221, -163.76, 12.8, 0.1, CHARGE, -1.6376, 0.0004, 12.8, 0.008",
        "INA3221, 0.04, 5.2, 0.1, DISCHARGE, -0.0004, 0.0001, 5.2, 0.008",
    })
    void readsWhatIsOnThePins(
            ShuntChip chip,
            double shuntMv,
            double busV,
            double ohm,
            Positive positive,
            double amperes,
            double ampereStep,
            double volts,
            double voltStep) {
        pins(put(chip), shuntMv * 1e-3, busV);
        Reading reading = ok(monitor(chip, ohm, positive)).reading();
        assertThat(reading.batteryA().number()).isCloseTo(amperes, within(ampereStep / 2 + 1e-6));
        assertThat(reading.batteryV().number()).isCloseTo(volts, within(voltStep / 2 + 1e-6));
        assertThat(List.of(reading.batteryA().quality(), reading.batteryV().quality()))
                .containsOnly(Quality.GOOD);
        assertThat(List.of(reading.chargeA(), reading.pvW(), reading.controllerSocPercent()))
                .containsOnly(Value.ABSENT);
        assertThat(reading.at()).isEqualTo(AT);
        assertThat(reading.origin())
                .isEqualTo(chip + " at 0x40 on " + BUS + (chip == ShuntChip.INA3221 ? ", channel 1" : ""));
    }

    @ParameterizedTest
    @EnumSource(ShuntChip.class)
    void theEndOfTheRangeIsSuspect(ShuntChip chip) {
        for (double volt : new double[] {0.4, -0.4}) {
            pins(put(chip), volt, 12.8);
            Reading reading = ok(monitor(chip, 0.01, Positive.CHARGE)).reading();
            assertThat(reading.batteryA().quality()).isEqualTo(Quality.SUSPECT);
            assertThat(reading.batteryV().isGood()).isTrue();
            board.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INA219, 28.8",
        "INA226, 36.6",
        "INA3221, 26.4",
        "INA219, 0",
        "INA226, 0",
        "INA228, 0.5",
        "INA3221, -0.1"
    })
    void aVoltageThatTheChipOrABatteryCannotHaveIsSuspect(ShuntChip chip, double busV) {
        pins(put(chip), 0.01, busV);
        assertThat(ok(monitor(chip, 0.01, Positive.CHARGE)).reading().batteryV().quality())
                .isEqualTo(Quality.SUSPECT);
    }

    @Test
    void anOverflowFlagMakesTheCurrentSuspect() {
        FakeIna.Of219 ina219 = (FakeIna.Of219) put(ShuntChip.INA219);
        pins(ina219, 0.01, 12.8);
        ina219.overflow = true;
        assertThat(ok(monitor(ShuntChip.INA219, 0.01, Positive.CHARGE))
                        .reading()
                        .batteryA()
                        .quality())
                .isEqualTo(Quality.SUSPECT);
        board.close();
        FakeIna.Of226 ina226 = (FakeIna.Of226) put(ShuntChip.INA226);
        pins(ina226, 0.01, 12.8);
        ina226.overflow = true;
        assertThat(ok(monitor(ShuntChip.INA226, 0.01, Positive.CHARGE))
                        .reading()
                        .batteryA()
                        .quality())
                .isEqualTo(Quality.SUSPECT);
    }

    @ParameterizedTest
    @EnumSource(ShuntChip.class)
    void anotherChipIsNamed(ShuntChip there) {
        pins(put(there), 0.01, 12.8);
        for (ShuntChip wanted : ShuntChip.values()) {
            if (wanted == there) {
                continue;
            }
            Fault fault = fault(monitor(wanted, 0.01, Positive.CHARGE));
            assertThat(fault.kind()).isEqualTo(Fault.Kind.IMPLAUSIBLE);
            assertThat(fault.message())
                    .startsWith(wanted + " at 0x40 on " + BUS)
                    .contains("that is another chip, correct its name");
        }
    }

    @ParameterizedTest
    @EnumSource(ShuntChip.class)
    void aDipOfTheSupplyIsMendedAndNoValueFromBeforeIsTold(ShuntChip chip) {
        FakeIna ina = put(chip);
        pins(ina, 0.02, 12.8);
        Device monitor = monitor(chip, 0.01, Positive.CHARGE);
        assertThat(ok(monitor).reading().batteryA().number()).isCloseTo(2, within(0.005));
        ina.loseSupply(fake.kernel.millis());
        pins(ina, 0.03, 12.4);
        Reading reading = ok(monitor).reading();
        assertThat(reading.batteryA().number()).isCloseTo(3, within(0.005));
        assertThat(reading.batteryV().number()).isCloseTo(12.4, within(0.005));
    }

    @Test
    void countersOfTheIna228() {
        FakeIna.Of228 ina = (FakeIna.Of228) put(ShuntChip.INA228);
        pins(ina, -0.001, 12.8);
        ina.dieC = -5.5;
        Device monitor = monitor(ShuntChip.INA228, 0.001, Positive.CHARGE);
        ok(monitor);
        // One step of current is 312.5 nV / 1 mOhm = 0.3125 mA: 1 Ah out of the battery, and 100 Wh through.
        ina.chargeSteps = -Math.round(3600 / 0.3125e-3);
        ina.energySteps = Math.round(360_000 / (16 * 3.2 * 0.3125e-3));
        ReadResult.Ok result = ok(monitor);
        assertThat(detail(result, "charge_ah").value().number()).isCloseTo(-1, within(1e-5));
        assertThat(detail(result, "throughput_wh").value().number()).isCloseTo(100, within(1e-4));
        assertThat(detail(result, "die_c").value().number()).isCloseTo(-5.5, within(0.004));
        assertThat(detail(result, "counters").text()).isEqualTo("running");

        ina.diagnosis = 1 | (1 << 10);
        assertThat(detail(ok(monitor), "charge_ah").value().quality()).isEqualTo(Quality.SUSPECT);
        ina.diagnosis = 1;
        ina.loseSupply(fake.kernel.millis());
        result = ok(monitor);
        assertThat(detail(result, "counters").text()).isEqualTo("restarted");
        assertThat(detail(result, "charge_ah").value().number()).isZero();
    }

    @Test
    void anotherProgramsRangeIsUndone() {
        FakeIna.Of228 ina = (FakeIna.Of228) put(ShuntChip.INA228);
        pins(ina, 0.01, 12.8);
        Device monitor = monitor(ShuntChip.INA228, 0.001, Positive.CHARGE);
        ok(monitor);
        ina.set(0, 0x10);
        ina.set(2, 0x4000);
        ina.convert();
        ina.chargeSteps = 12_345;
        ReadResult.Ok result = ok(monitor);
        assertThat(result.reading().batteryA().number()).isCloseTo(10, within(0.001));
        assertThat(detail(result, "charge_ah").value().number()).isZero();
        assertThat(detail(ok(monitor), "counters").text()).isEqualTo("running");
    }

    @Test
    void channelsOfTheIna3221() {
        FakeIna.Of3221 ina = (FakeIna.Of3221) put(ShuntChip.INA3221);
        for (int channel = 1; channel <= 3; channel++) {
            ina.shuntVs[channel - 1] = 0.01 * channel;
            ina.busVs[channel - 1] = 10 + channel;
        }
        for (int channel = 1; channel <= 3; channel++) {
            Device monitor = board.shuntMonitor(
                    new ShuntAddress(ShuntChip.INA3221, BUS, 0x40, channel, 0.1, Positive.CHARGE), () -> AT);
            Reading reading = ok(monitor).reading();
            assertThat(reading.batteryA().number()).isCloseTo(0.1 * channel, within(0.0003));
            assertThat(reading.batteryV().number()).isCloseTo(10 + channel, within(0.005));
            monitor.close();
        }
    }

    @Test
    void unpluggedAndBack() {
        pins(put(ShuntChip.INA226), 0.02, 12.8);
        Device monitor = monitor(ShuntChip.INA226, 0.01, Positive.CHARGE);
        ok(monitor);
        fake.unplug(1, 0x40);
        Fault fault = fault(monitor);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.NO_ANSWER);
        assertThat(fault.message()).startsWith("INA226 at 0x40 on " + BUS + " does not answer: check power");
        assertThat(fake.kernel.openCount()).isZero();
        pins(put(ShuntChip.INA226), 0.02, 12.8);
        ok(monitor);
        monitor.close();
        assertThat(fake.kernel.openCount()).isZero();
    }

    @Test
    void whatIsMissingIsSaid() {
        put(ShuntChip.INA226);
        ShuntAddress elsewhere = new ShuntAddress(ShuntChip.INA226, "fe804000.i2c", 0x40, 1, 0.01, Positive.CHARGE);
        assertThat(fault(board.shuntMonitor(elsewhere, () -> AT)).message())
                .isEqualTo(
                        "no I2C bus is called fe804000.i2c: there are 1f00084000.i2c (Synopsys DesignWare I2C adapter), "
                                + "1f00074000.i2c (Synopsys DesignWare I2C adapter)");
        ShuntAddress ambiguous =
                new ShuntAddress(ShuntChip.INA226, "Synopsys DesignWare I2C adapter", 0x40, 1, 0.01, Positive.CHARGE);
        assertThat(fault(board.shuntMonitor(ambiguous, () -> AT)).message())
                .startsWith("more than one I2C bus is called Synopsys");
        fake.refuse("dev/i2c-1", Kernel.EACCES);
        Fault denied = fault(monitor(ShuntChip.INA226, 0.01, Positive.CHARGE));
        assertThat(denied.kind()).isEqualTo(Fault.Kind.PORT_DENIED);
        assertThat(denied.message()).contains("sudo usermod -aG i2c ");
    }

    @Test
    void aChipOfAKernelDriverIsNotTalkedPast() {
        fake.chip(1, 0x40, new FakeChip() {
            @Override
            public boolean write(byte[] message, long nowMillis) {
                throw new AssertionError("talked to a chip of the kernel");
            }

            @Override
            public byte[] read(int count, long nowMillis) {
                throw new AssertionError("talked to a chip of the kernel");
            }

            @Override
            public boolean ownedByDriver() {
                return true;
            }
        });
        Fault fault = fault(monitor(ShuntChip.INA226, 0.01, Positive.CHARGE));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.PORT_BUSY);
        assertThat(fault.message()).contains("held by a kernel driver");
        assertThat(fake.kernel.openCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "INA219, 0x3F, 1, 0.1",
        "INA219, 0x50, 1, 0.1",
        "INA3221, 0x44, 1, 0.1",
        "INA226, 0x40, 2, 0.1",
        "INA3221, 0x40, 4, 0.1",
        "INA226, 0x40, 1, 0",
        "INA226, 0x40, 1, -0.1",
        "INA226, 0x40, 1, NaN",
        "INA226, 0x40, 1, 75"
    })
    void anAddressThatCannotBe(ShuntChip chip, String address, int channel, double ohm) {
        assertThatThrownBy(() -> new ShuntAddress(chip, BUS, Integer.decode(address), channel, ohm, Positive.CHARGE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

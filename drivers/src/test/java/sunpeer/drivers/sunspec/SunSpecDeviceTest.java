package sunpeer.drivers.sunspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.profile.Profiles;
import sunpeer.drivers.transport.Request;

/** Readings from chains of models that are written down word by word. */
class SunSpecDeviceTest {
    private static final int NONE = 0xFFFF;
    private static final int NO_SCALE = 0x8000;

    private Instant now = Instant.parse("2026-06-21T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final ModelBus bus = new ModelBus(40000);
    private final SunSpecDevice device =
            new SunSpecDevice(Profiles.find("sunspec").orElseThrow(), bus, 1, clock);

    // --- charge controllers -------------------------------------------------------------------------------------

    /** An array of 102.1 V; 53.1 V x 25.3 A = 1343 W go to the battery. */
    private static int[] outBack(int inputA, int stage, int... outputAW) {
        int amperes = outputAW.length == 0 ? 253 : outputAW[0];
        int watts = outputAW.length == 0 ? 1343 : outputAW[1];
        return new int[] {
            1, -1, -1, 0, 0, -1, 531, 1021, amperes, inputA, stage, watts, 498, 576, 1210, 1255, 61, 115, 8123, 152,
            3920, 589, 1402
        };
    }

    @Test
    void aChargeController() {
        bus.addCommon("OutBack_Power", "FLEXmax 80", 66);
        bus.add(64111, outBack(137, 2));
        ReadResult.Ok ok = read();
        Reading reading = ok.reading();
        assertThat(reading.origin()).isEqualTo("SunSpec OutBack_Power FLEXmax 80 at a test, unit 1");
        assertThat(reading.batteryV()).isEqualTo(Value.good(53.1));
        assertThat(reading.chargeA()).isEqualTo(Value.good(25.3));
        assertThat(reading.batteryA())
                .as("what hangs on the battery is not seen")
                .isEqualTo(Value.suspect(25.3));
        assertThat(reading.pvV()).isEqualTo(Value.good(102.1));
        assertThat(reading.pvW()).isEqualTo(Value.good(1343));
        assertThat(reading.stage()).isEqualTo(ChargeStage.BULK);
        assertThat(number(ok, "64111.TodaykWhOutput")).isEqualTo(Value.good(6.1));
        assertThat(detail(ok, "64111.ChargerSt").text()).isEqualTo("bulk");
        assertThat(detail(ok, "1.SN").text()).isEqualTo("SN-7");
        assertThat(detail(ok, "64111.TodaykWhOutput").unit()).isEqualTo("kWh");
    }

    /** The published table scales the panel's current by the factor of watts; its unit speaks for that of amperes. */
    @ParameterizedTest
    @CsvSource({"137, 13.7, GOOD", "14, 14, GOOD", "60, 6, SUSPECT"})
    void thePanelsCurrentIsScaledAsThePowerSays(int raw, double amperes, Quality quality) {
        bus.add(64111, outBack(raw, 2));
        assertThat(read().reading().pvA()).isEqualTo(new Value(amperes, quality));
    }

    @Test
    void chargeControllersAreAddedUp() {
        bus.add(64111, outBack(137, 3));
        bus.add(64111, outBack(40, 3, 74, 393));
        ReadResult.Ok ok = read();
        assertThat(ok.reading().chargeA()).isEqualTo(Value.good(32.7));
        assertThat(ok.reading().batteryA()).isEqualTo(Value.suspect(32.7));
        assertThat(ok.reading().pvW()).isEqualTo(Value.good(1736));
        assertThat(ok.reading().pvV()).as("two arrays").isEqualTo(Value.ABSENT);
        assertThat(number(ok, "64111-2.OutputA")).isEqualTo(Value.good(7.4));
    }

    // --- batteries ----------------------------------------------------------------------------------------------

    /** 51.23 V, scale factors as given. */
    private static int[] battery(int amperes, int chargeState, int soc, int voltageScale) {
        int[] words = new int[62];
        Arrays.fill(words, NONE);
        put(words, 2, 200, 10240);
        put(words, 11, soc);
        put(words, 16, chargeState);
        put(words, 22, 3);
        put(words, 26, 0, 0x0400, 0, 0);
        put(words, 34, 5123);
        put(words, 44, amperes);
        put(words, 47, (int) Math.round(51.23 * amperes / 100));
        put(words, 49, NO_SCALE);
        put(words, 52, 0, 0, NO_SCALE, NO_SCALE, -1, NO_SCALE, NO_SCALE, voltageScale, -3, -2, NO_SCALE, 0);
        return words;
    }

    private static void put(int[] words, int register, int... content) {
        System.arraycopy(content, 0, words, register - 2, content.length);
    }

    @Test
    void aBattery() {
        bus.add(802, battery(-1250, 3, 873, -2));
        ReadResult.Ok ok = read();
        Reading reading = ok.reading();
        assertThat(reading.batteryV()).isEqualTo(Value.good(51.23));
        assertThat(reading.batteryA()).as("negative while discharging").isEqualTo(Value.good(-12.5));
        assertThat(reading.controllerSocPercent()).isEqualTo(Value.good(87.3));
        assertThat(reading.chargeA())
                .as("a battery does not tell who charges it")
                .isEqualTo(Value.ABSENT);
        assertThat(reading.pvW()).isEqualTo(Value.ABSENT);
        assertThat(detail(ok, "802.State").text()).isEqualTo("connected");
        assertThat(detail(ok, "802.Evt1").text()).isEqualTo("over volt warning");
        assertThat(number(ok, "802.CellVMax")).isEqualTo(Value.ABSENT);
        assertThat(number(ok, "802.NCyc")).isEqualTo(Value.ABSENT);
        assertThat(number(ok, "802.ReqW")).isEqualTo(Value.ABSENT);
        assertThat(number(ok, "802.WHRtg")).isEqualTo(Value.good(10240));
        assertThat(detail(ok, "802.SoC").unit()).isEqualTo("percent");
    }

    @Test
    void theBatterysStateSaysWhichWayItsCurrentFlows() {
        int at = bus.add(802, battery(-1250, NONE, 873, -2));
        assertThat(read().reading().batteryA()).as("not told").isEqualTo(Value.suspect(-12.5));
        bus.put(at + 2, battery(-1250, 4, 873, -2));
        assertThat(read().reading().batteryA()).as("charging").isEqualTo(Value.good(12.5));
        bus.put(at + 2, battery(40, 6, 873, -2));
        assertThat(read().reading().batteryA()).as("holding: as learned").isEqualTo(Value.good(-0.4));
        bus.put(at + 2, battery(300, 3, 873, -2));
        assertThat(read().reading().batteryA()).as("discharging").isEqualTo(Value.good(-3));
        bus.put(at + 2, battery(0, 6, 873, -2));
        assertThat(read().reading().batteryA()).isEqualTo(Value.good(0));
    }

    @Test
    void withoutAValidScaleThereIsNoValue() {
        bus.add(802, battery(0, 6, 873, NO_SCALE));
        assertThat(fault().message()).contains("no battery voltage");
        bus.clear();
        bus.generation++;
        bus.add(802, battery(0, 6, 873, 11));
        assertThat(fault().message()).contains("no battery voltage");
        bus.clear();
        bus.generation++;
        bus.add(802, battery(0, 6, NONE, -2));
        assertThat(read().reading().controllerSocPercent()).isEqualTo(Value.ABSENT);
    }

    /** NStr says 2 although there is room for 4; the whole is longer than one request can be. */
    @Test
    void stringsAreAsManyAsCounted() {
        int[] bank = new int[26 + 4 * 32];
        Arrays.fill(bank, NONE);
        put(bank, 2, 2, 2);
        put(bank, 10, 231);
        put(bank, 15, 5110);
        put(bank, 22, -3, -1, -2, NO_SCALE, -1, -2);
        for (int string = 0; string < 4; string++) {
            put(bank, 28 + 32 * string, 1, 0, 3);
            put(bank, 28 + 32 * string + 4, 870 + string, NONE, -250, 3350 + string);
        }
        bus.add(803, bank);
        ReadResult.Ok ok = read();
        assertThat(ok.reading().batteryV()).isEqualTo(Value.good(51.1));
        assertThat(ok.reading().batteryC()).isEqualTo(Value.good(23.1));
        assertThat(ok.reading().batteryA()).as("of one string only").isEqualTo(Value.ABSENT);
        assertThat(number(ok, "803.2.StrSoC")).isEqualTo(Value.good(87.1));
        assertThat(number(ok, "803.2.StrCellVMax")).isEqualTo(Value.good(3.351));
        assertThat(detail(ok, "803.1.StrSt").text()).isEqualTo("string enabled, contactor status");
        assertThat(ok.details()).extracting(Detail::name).doesNotContain("803.3.StrSoC");
        assertThat(bus.requests).extracting(Request.Registers::count).allMatch(count -> count <= 125);
    }

    // --- panels -------------------------------------------------------------------------------------------------

    /** Four trackers: two arrays of 380 V x 4.1 A and 250 V x 2 A, then a Fronius battery as trackers 3 and 4. */
    private static int[] trackers() {
        int[] words = new int[8 + 4 * 20];
        Arrays.fill(words, NONE);
        put(words, 2, -2, -1, 0, 0, 0, 0, 4);
        String[] names = {"MPPT 1", "MPPT 2", "StCha 3", "StDisCha 4"};
        int[][] values = {{410, 3800, 1558}, {200, 2500, 500}, {900, 520, 468}, {0, 520, 0}};
        for (int i = 0; i < 4; i++) {
            int at = 10 + 20 * i;
            for (int word = 0; word < 8; word++) {
                put(words, at + 1 + word, 0);
            }
            ModelBus.letters(words, at + 1 - 2, names[i]);
            put(words, at + 9, values[i]);
            put(words, at + 12, 0, 1000 * (i + 1));
            put(words, at + 16, NO_SCALE);
        }
        return words;
    }

    @Test
    void trackersAreAddedUpWithoutThoseOfTheBattery() {
        bus.add(802, battery(-900, 4, 500, -2));
        bus.add(160, trackers());
        ReadResult.Ok ok = read();
        assertThat(ok.reading().pvW()).isEqualTo(Value.good(2058));
        assertThat(ok.reading().pvEnergyTotalWh()).isEqualTo(Value.good(3000));
        assertThat(ok.reading().pvV()).as("two of them").isEqualTo(Value.ABSENT);
        assertThat(detail(ok, "160.3.IDStr").text()).isEqualTo("StCha 3");
        assertThat(number(ok, "160.1.DCA")).isEqualTo(Value.good(4.1));
        assertThat(number(ok, "160.1.Tmp")).isEqualTo(Value.ABSENT);
    }

    @Test
    void aTrackerWhosePowerDoesNotFitIsSuspect() {
        int[] words = Arrays.copyOf(trackers(), 28);
        put(words, 21, 155);
        bus.add(802, battery(-900, 4, 500, -2));
        bus.add(160, words);
        assertThat(read().reading().pvW()).isEqualTo(Value.suspect(155));
        assertThat(read().reading().pvV()).isEqualTo(Value.good(380));
    }

    @ParameterizedTest
    @CsvSource({"380.5, 412.25, GOOD", "51, NaN, ABSENT"})
    void anInverterWithFloatsAndABattery(float dcVolts, double watts, Quality quality) {
        int[] words = new int[60];
        Arrays.fill(words, NONE);
        float dcWatts = 412.25f;
        for (int register = 2; register < 48; register += 2) {
            float value = switch (register) {
                case 34 -> dcWatts / dcVolts;
                case 36 -> dcVolts;
                case 38 -> dcWatts;
                default -> Float.NaN;
            };
            int bits = Float.floatToRawIntBits(value);
            put(words, register, bits >> 16, bits);
        }
        put(words, 48, 4);
        int[] storage = new int[24];
        Arrays.fill(storage, NONE);
        put(storage, 8, 640);
        put(storage, 10, 5120);
        put(storage, 18, 0, 0, NO_SCALE, NO_SCALE, -1, NO_SCALE, -2, NO_SCALE);
        bus.add(113, words);
        bus.add(124, storage);
        ReadResult.Ok ok = read();
        assertThat(ok.reading().batteryV()).isEqualTo(Value.good(51.2));
        assertThat(ok.reading().controllerSocPercent()).isEqualTo(Value.good(64));
        assertThat(ok.reading().pvW()).as("battery on the DC side is no panel").isEqualTo(new Value(watts, quality));
        assertThat(number(ok, "113.W")).as("NaN").isEqualTo(Value.ABSENT);
        assertThat(detail(ok, "113.St").text()).isEqualTo("mppt");
    }

    // --- the chain ----------------------------------------------------------------------------------------------

    @Test
    void anInverterAloneIsReadWithoutABattery() {
        int[] inverter = new int[50];
        Arrays.fill(inverter, NONE);
        put(inverter, 14, 2011, 0);
        put(inverter, 24, 18, 0x5F3C, 1);
        bus.addCommon("Fronius", "Primo 3.0-1", 65);
        bus.add(103, inverter);
        bus.add(160, trackers());
        ReadResult.Ok ok = read();
        assertThat(ok.reading().batteryV()).isEqualTo(Value.ABSENT);
        assertThat(ok.reading().batteryA()).isEqualTo(Value.ABSENT);
        assertThat(ok.reading().pvW()).isEqualTo(Value.good(2058));
        assertThat(number(ok, "103.W")).isEqualTo(Value.good(2011));
        assertThat(number(ok, "103.WH")).isEqualTo(Value.good(12_040_280));
    }

    @Test
    void aMeterIsNothingToReadHere() {
        bus.addCommon("Fronius", "Smart Meter TS", 65);
        bus.add(203, new int[105]);
        assertThat(fault())
                .isEqualTo(
                        new Fault(
                                Fault.Kind.IMPLAUSIBLE,
                                "SunSpec at a test, unit 1 (Fronius Smart Meter TS) has the SunSpec models 1, 203, and none of them tells of a battery or of panels: a meter says nothing about the power of this node"));
    }

    @Test
    void aDeviceThatChangedIsLookedUpAnew() {
        bus.add(802, battery(0, 6, 873, -2));
        read();
        bus.clear();
        bus.addCommon("New", "Firmware", 66);
        bus.add(802, battery(0, 6, 850, -2));
        Fault changed = fault();
        assertThat(changed.kind()).isEqualTo(Fault.Kind.IMPLAUSIBLE);
        assertThat(changed.message())
                .contains("has model 1 with 66 registers at register 40002, where model 802 with 62 was");
        assertThat(read().reading().controllerSocPercent()).isEqualTo(Value.good(85));
    }

    @Test
    void theChainIsLookedUpOnceForEachConnection() {
        bus.add(802, battery(0, 6, 873, -2));
        read();
        int before = bus.requests.size();
        read();
        assertThat(bus.requests).hasSize(before + 1);
        bus.generation++;
        bus.clear();
        bus.add(64111, outBack(137, 1));
        assertThat(read().reading().stage()).isEqualTo(ChargeStage.FLOAT);
    }

    /** Some storage models answer exception 4 while they are being brought up to date. */
    @Test
    void aModelThatFailsForAWhileIsLeftOut() {
        int storage = bus.add(124, new int[24]);
        bus.add(802, battery(0, 6, 873, -2));
        read();
        bus.failing.add(storage);
        for (int poll = 0; poll < 3; poll++) {
            now = now.plusSeconds(5);
            assertThat(read().reading().batteryV()).isEqualTo(Value.good(51.23));
        }
        assertThat(bus.requests.stream().filter(request -> request.address() == storage && request.count() > 2))
                .as("once well, once in vain, then spared for a minute")
                .hasSize(2);
    }

    @Test
    void nobodyThere() {
        bus.silent.addAll(List.of(40000, 0, 50000));
        assertThat(fault().kind()).isEqualTo(Fault.Kind.NO_ANSWER);
        bus.silent.clear();
        bus.add(802, battery(0, 6, 873, -2));
        read();
    }

    private ReadResult.Ok read() {
        ReadResult result = device.read();
        assertThat(result).isInstanceOf(ReadResult.Ok.class);
        return (ReadResult.Ok) result;
    }

    private Fault fault() {
        ReadResult result = device.read();
        assertThat(result).isInstanceOf(ReadResult.Failed.class);
        return ((ReadResult.Failed) result).fault();
    }

    private static Detail detail(ReadResult.Ok ok, String name) {
        return ok.details().stream()
                .filter(detail -> detail.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no detail " + name));
    }

    private static Value number(ReadResult.Ok ok, String name) {
        return detail(ok, name).value();
    }
}

package sunpeer.drivers.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sunpeer.drivers.Detail;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Value;
import sunpeer.drivers.transport.Request;

/** How a device's limits and gaps are found out, on a family made for it. */
class LearningTest {
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");
    private static final String FAMILY = """
            id = "acme"
            family = "Acme"
            kind = "charge_controller"
            protocol = "modbus"
            wires = ["serial"]
            baud = 9600
            unit = 1
            gap_ms = 0
            word_order = "hi_lo"
            identity = true
            [sources]
            X = "made for this test"
            [defaults]
            confidence = "C"
            sources = ["X"]
            [[block]]
            function = 3
            start = 0
            count = 12
            [[block]]
            function = 3
            start = 100
            count = 4
            optional = true
            together = [[101, 2]]
            [[block]]
            function = 1
            start = 5
            count = 1
            every = "daily"
            [point]
            battery_v = { address = 0, type = "u16", scale = 0.1, unit = "V", range = [5, 75] }
            charge_a = { address = 1, type = "u16", scale = 0.1, unit = "A", range = [0, 75] }
            pv_w = { address = 2, type = "u32", unit = "W", range = [0, 5000] }
            [detail]
            a = { address = 4, type = "u16", unit = "V" }
            wide = { address = 5, type = "u32", unit = "Wh" }
            b = { address = 11, type = "u16", unit = "V" }
            c = { address = 100, type = "u16", unit = "V" }
            d = { address = 101, type = "u16", unit = "V" }
            e = { address = 102, type = "u16", unit = "V" }
            f = { address = 103, type = "u16", unit = "V" }
            night = { function = 1, address = 5, states = { 0 = "day", 1 = "night" } }
            """;

    private final CapturedBus bus = new CapturedBus();
    private Instant now = NOON;
    private final ModbusDevice device = new ModbusDevice(ProfileLoader.parse("acme.toml", FAMILY), bus, 1, () -> now);

    LearningTest() {
        bus.put(3, 0, 131, 20, 0, 26, 7, 1, 0, 0, 0, 0, 0, 9);
        bus.put(3, 100, 1, 2, 3, 4);
        bus.put(1, 5, 1);
    }

    @Test
    void oneRequestForEachBlockWhenNothingIsRefused() {
        assertThat(asked()).containsExactly("3:0+12", "3:100+4", "1:5+1", "identity");
        assertThat(number("wide")).isEqualTo(Value.good(65536));
        assertThat(detail("night").text()).isEqualTo("night");
        assertThat(asked()).as("the flag is asked for once a day").containsExactly("3:0+12", "3:100+4");
    }

    @Test
    void aLimitOfLengthIsFoundByHalvesThatTearNoNumber() {
        bus.countMax = 5;
        assertThat(asked())
                .containsExactly(
                        "3:0+12",
                        "3:0+4",
                        "3:4+8",
                        "3:4+1",
                        "3:5+7",
                        "3:5+2",
                        "3:11+1",
                        "3:100+4",
                        "1:5+1",
                        "identity");
        assertThat(number("wide")).isEqualTo(Value.good(65536));
        assertThat(asked()).as("remembered").containsExactly("3:0+4", "3:4+1", "3:5+2", "3:11+1", "3:100+4");
    }

    @Test
    void aPointThatIsRefusedTwiceAloneIsAbsentAndTheOthersStay() {
        bus.refuse(3, 102, 1);
        assertThat(asked()).contains("3:100+4", "3:100+1", "3:101+3", "3:101+2", "3:103+1");
        assertThat(asked()).as("d and e stay together").containsExactly("3:0+12", "3:100+1", "3:101+2", "3:103+1");
        assertThat(asked()).containsExactly("3:0+12", "3:100+1", "3:103+1");
        assertThat(number("e")).isEqualTo(Value.ABSENT);
        assertThat(number("f")).isEqualTo(Value.good(4));
    }

    @Test
    void aBlockThatIsLackedAsAWholeIsTakenApartOnce() {
        bus.refuse(3, 100, 4);
        assertThat(asked()).contains("3:100+4", "3:100+1", "3:101+2", "3:103+1");
        assertThat(asked()).containsExactly("3:0+12", "3:100+4");
        assertThat(asked()).containsExactly("3:0+12");
    }

    @Test
    void whatWasLearnedIsForgottenAfterADayOrWithTheWireOrWithTheDevice() {
        bus.refuse(3, 100, 4);
        asked();
        asked();
        assertThat(asked()).containsExactly("3:0+12");
        bus.allow();
        now = now.plusSeconds(86_400);
        assertThat(asked()).contains("3:0+12", "3:100+4", "1:5+1");
        bus.refuse(3, 100, 4);
        asked();
        asked();
        asked();
        bus.generation++;
        assertThat(asked()).contains("3:100+4");
        bus.identify(Map.of(0, "Acme", 1, "One"));
        now = now.plusSeconds(86_399);
        asked();
        assertThat(asked()).containsExactly("3:0+12");
    }

    @Test
    void whatWasThereOnceIsNotLackedWhateverABusyDeviceSays() {
        asked();
        bus.refuse(3, 102, 1);
        for (int i = 0; i < 5; i++) {
            asked();
        }
        assertThat(number("e")).isEqualTo(Value.ABSENT);
        assertThat(number("f")).as("its neighbours are read by themselves").isEqualTo(Value.good(4));
        bus.allow();
        assertThat(number("e")).isEqualTo(Value.good(3));
    }

    @Test
    void aDeviceThatRefusesEverythingForAWhileIsReadWhenItAnswersAgain() {
        asked();
        bus.refuse(3, 0, 12);
        for (int i = 0; i < 3; i++) {
            assertThat(((ReadResult.Failed) device.read()).fault().kind()).isEqualTo(Fault.Kind.REFUSED);
        }
        bus.allow();
        assertThat(((ReadResult.Ok) device.read()).reading().batteryV().quality())
                .isEqualTo(Quality.GOOD);
    }

    @Test
    void aSilentOptionalBlockIsSparedForAMinute() {
        bus.silence(3, 100, 4);
        assertThat(asked()).as("the others wait").containsExactly("3:0+12", "3:100+4", "identity");
        assertThat(asked()).containsExactly("3:0+12", "1:5+1");
        assertThat(asked()).containsExactly("3:0+12");
        now = now.plusSeconds(60);
        assertThat(asked()).containsExactly("3:0+12", "3:100+4");
    }

    @Test
    void shortAnswersThatLookLikeNoiseLeadToShorterRequests() {
        bus.garbleFrom(6);
        for (int i = 0; i < 2; i++) {
            assertThat(((ReadResult.Failed) device.read()).fault().kind()).isEqualTo(Fault.Kind.GARBLED);
        }
        for (int i = 0; i < 2; i++) {
            device.read();
        }
        assertThat(((ReadResult.Ok) device.read()).reading().batteryV()).isEqualTo(Value.good(13.1));
    }

    @Test
    void theIdentityIsShownFirst() {
        bus.identify(Map.of(0, "Acme Corp.", 1, "Acme 20", 2, "V1"));
        List<Detail> details = ((ReadResult.Ok) device.read()).details();
        assertThat(details.subList(0, 3))
                .containsExactly(
                        Detail.text("vendor", "Acme Corp."),
                        Detail.text("model", "Acme 20"),
                        Detail.text("revision", "V1"));
    }

    private List<String> asked() {
        bus.requests.clear();
        assertThat(device.read()).isInstanceOf(ReadResult.Ok.class);
        return bus.requests.stream().map(LearningTest::name).toList();
    }

    private static String name(Request request) {
        return switch (request) {
            case Request.Registers(int _, int function, int address, int count) ->
                function + ":" + address + "+" + count;
            case Request.Bits(int _, int function, int address, int count) -> function + ":" + address + "+" + count;
            case Request.Identity _ -> "identity";
            case Request.Write _ -> "write";
        };
    }

    private Detail detail(String name) {
        return ((ReadResult.Ok) device.read())
                .details().stream()
                        .filter(detail -> detail.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private Value number(String name) {
        return detail(name).value();
    }
}

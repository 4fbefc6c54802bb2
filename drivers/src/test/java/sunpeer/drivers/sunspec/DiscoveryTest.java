package sunpeer.drivers.sunspec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.drivers.Fault;
import sunpeer.drivers.sunspec.Chain.Link;

class DiscoveryTest {
    private static final List<Integer> BASES = List.of(40000, 0, 50000);

    @ParameterizedTest
    @ValueSource(ints = {40000, 0, 50000})
    void theChainIsFoundAtAnyBase(int base) {
        ModelBus bus = new ModelBus(base);
        bus.addCommon("OutBack_Power", "FLEXmax 80", 65);
        bus.add(64110, new int[280]);
        bus.add(64111, new int[23]);
        Chain chain = found(bus);
        assertThat(chain.base()).isEqualTo(base);
        assertThat(chain.links())
                .as("the device's own lengths count, unknown models are stepped over")
                .containsExactly(
                        new Link(1, base + 2, 65), new Link(64110, base + 69, 280), new Link(64111, base + 351, 23));
        assertThat(chain.maker()).isEqualTo("OutBack_Power FLEXmax 80");
        assertThat(chain.numbers()).isEqualTo("1, 64110, 64111");
    }

    @Test
    void aWrongPlaceMayKeepSilentOrHoldSomethingElse() {
        ModelBus bus = new ModelBus(50000);
        bus.silent.add(40000);
        bus.put(0, 0x5375, 0x0001);
        bus.add(802, new int[62]);
        assertThat(found(bus).base()).isEqualTo(50000);
    }

    @Test
    void noMarkAnywhere() {
        Fault fault = fault(new ModelBus(1000));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.IMPLAUSIBLE);
        assertThat(fault.message()).contains("no SunSpec mark at register 40000 or 0 or 50000");
    }

    @Test
    void silenceEverywhereStaysSilence() {
        ModelBus bus = new ModelBus(40000);
        bus.silent.addAll(BASES);
        assertThat(fault(bus)).isEqualTo(new Fault(Fault.Kind.NO_ANSWER, "silent at 50000"));
    }

    @Test
    void aDeviceThatFailsSaysWhy() {
        ModelBus bus = new ModelBus(1000);
        bus.failing.add(50000);
        assertThat(fault(bus).message()).contains("exception 4");
    }

    @Test
    void aModelWithoutLength() {
        ModelBus bus = new ModelBus(40000);
        bus.addCommon("A", "B", 66);
        bus.add(103);
        assertThat(fault(bus).message())
                .isEqualTo(
                        "the chain of SunSpec models of unit 1 at a test breaks at register 40070, after model 1: there is model 103 with 0 registers in place of a model or the end mark; its firmware is at fault, an update may help");
    }

    @Test
    void noEndMark() {
        ModelBus bus = new ModelBus(40000);
        bus.add(802, new int[62]);
        bus.cutOff();
        assertThat(fault(bus).message()).contains("breaks at register 40066, after model 802", "exception 2");
    }

    @Test
    void aChainThatLeavesTheRegisters() {
        ModelBus bus = new ModelBus(50000);
        bus.put(50002, 802, 0xFFF0);
        assertThat(fault(bus).message()).contains("after model 802", "the last register there can be");
    }

    @Test
    void aChainWithoutAnEnd() {
        ModelBus bus = new ModelBus(0);
        for (int i = 0; i < 100; i++) {
            bus.add(7, 0);
        }
        assertThat(fault(bus).message()).contains("more than 64 models");
        assertThat(bus.requests).hasSizeLessThan(70);
    }

    @Test
    void aHeadThatIsSilentIsNotABrokenChain() {
        ModelBus bus = new ModelBus(40000);
        bus.add(802, new int[62]);
        bus.silent.add(40066);
        assertThat(fault(bus).kind()).isEqualTo(Fault.Kind.NO_ANSWER);
    }

    private static Chain found(ModelBus bus) {
        assertThat(new Discovery(bus, 1).find(BASES)).isInstanceOf(Discovery.Result.Found.class);
        return ((Discovery.Result.Found) new Discovery(bus, 1).find(BASES)).chain();
    }

    private static Fault fault(ModelBus bus) {
        Discovery.Result result = new Discovery(bus, 1).find(BASES);
        assertThat(result).isInstanceOf(Discovery.Result.Failed.class);
        return ((Discovery.Result.Failed) result).fault();
    }
}

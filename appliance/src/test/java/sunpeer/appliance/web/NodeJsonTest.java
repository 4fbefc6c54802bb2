package sunpeer.appliance.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sunpeer.appliance.node.NodeView;

class NodeJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode full(NodeView view) throws IOException {
        return JSON.readTree(NodeJson.full(view));
    }

    @Test
    void holdsNumbersWithTheirUnit() throws IOException {
        JsonNode node = full(SampleViews.waiting());
        assertThat(node.at("/at").textValue()).isEqualTo("2026-05-14T19:52:07Z");
        assertThat(node.at("/state").textValue()).isEqualTo("waiting_for_sun");
        assertThat(node.at("/battery/soc_percent").doubleValue()).isEqualTo(41.2);
        assertThat(node.at("/battery/soc_sigma_percent").doubleValue()).isEqualTo(3.1);
        assertThat(node.at("/reading/battery_v").doubleValue()).isEqualTo(12.83);
        assertThat(node.at("/reading/age_s").doubleValue()).isEqualTo(12);
        assertThat(node.at("/reading/quality").toString()).isEqualTo("{\"controller_soc_percent\":\"suspect\"}");
        assertThat(node.at("/work/waiting").size()).isEqualTo(2);
        assertThat(node.at("/market/earned_total_credits").doubleValue()).isEqualTo(31.482907);
        assertThat(node.at("/peers").size()).isEqualTo(8);
        assertThat(node.at("/peers/3/name").textValue()).isEqualTo(SampleViews.HOSTILE);
        assertThat(node.at("/chart/5/pv_w").isNumber()).isTrue();
        assertThat(node.at("/recent/0/kind").textValue()).isEqualTo("wait");
    }

    @Test
    void whatIsNotKnownIsNullAndTheKeyStays() throws IOException {
        JsonNode node = full(SampleViews.brandNew());
        for (String key : new String[] {
            "/battery/soc_percent",
            "/reading/at",
            "/reading/age_s",
            "/reading/battery_v",
            "/reading/pv_w",
            "/work/model",
            "/work/running",
            "/market/uid",
            "/market/ledger_root",
            "/market/earned_epoch"
        }) {
            assertThat(node.at(key).isNull()).as(key).isTrue();
        }
        JsonNode odd = full(SampleViews.oddValues());
        assertThat(odd.at("/reading/battery_a").isNull()).isTrue();
        assertThat(odd.at("/reading/quality/battery_v").textValue()).isEqualTo("suspect");
        assertThat(odd.at("/reading/quality/load_w").textValue()).isEqualTo("stale");
        assertThat(odd.at("/reading/quality/battery_a").textValue()).isEqualTo("absent");
    }

    @Test
    void briefIsTheBeginningOfFull() throws IOException {
        for (Map.Entry<String, NodeView> state : SampleViews.all().entrySet()) {
            String brief = NodeJson.brief(state.getValue());
            String full = NodeJson.full(state.getValue());
            assertThat(full).as(state.getKey()).startsWith(brief.substring(0, brief.length() - 1));
            JSON.readTree(brief);
            JSON.readTree(full);
        }
        assertThat(NodeJson.brief(SampleViews.waiting()).length()).isLessThan(2500);
    }
}

package sunpeer.appliance.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.appliance.energy.ToldForecast;

/** What may be sent to a node about a day's sun. */
class ForecastTextTest {
    @Test
    void theThreeForms() {
        LocalDate day = LocalDate.parse("2026-06-21");
        assertThat(ForecastText.parse("{\"source\":\"met\",\"day\":\"2026-06-21\",\"clearness\":0.7,\"more\":[1]}"))
                .isEqualTo(new ToldForecast("met", day, ToldForecast.Kind.CLEARNESS, 0.7));
        assertThat(ForecastText.parse("{\"source\":\"forecast.solar\",\"day\":\"2026-06-21\",\"panel_wh\":412}"))
                .isEqualTo(new ToldForecast("forecast.solar", day, ToldForecast.Kind.PANEL_WH, 412));
        assertThat(ForecastText.parse("{\"source\":\"open-meteo\",\"day\":\"2026-06-21\",\"ghi_wh_m2\":5210}"))
                .isEqualTo(new ToldForecast("open-meteo", day, ToldForecast.Kind.HORIZONTAL_WH_M2, 5210));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
    hello                                                             | not a JSON object
    [1]                                                               | not a JSON object
    {"source":"a","day":"21.6.2026","clearness":1}                    | "day" is no date such as "2026-06-21"
    {"source":"a","clearness":1}                                      | "day" is no date such as "2026-06-21"
    {"source":"<b>","day":"2026-06-21","clearness":1}                 | "source" is no name of 1 to 32 letters, digits, . _ - or spaces
    {"source":"a","day":"2026-06-21"}                                 | give one number of "clearness", "panel_wh" and "ghi_wh_m2"
    {"source":"a","day":"2026-06-21","clearness":1,"panel_wh":2}      | give one number of "clearness", "panel_wh" and "ghi_wh_m2"
    {"source":"a","day":"2026-06-21","clearness":"1"}                 | give one number of "clearness", "panel_wh" and "ghi_wh_m2"
    {"source":"a","day":"2026-06-21","clearness":-1}                  | no forecast of a day's sun: -1.0
    """)
    void whatIsWrongIsSaid(String text, String message) {
        assertThatThrownBy(() -> ForecastText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}

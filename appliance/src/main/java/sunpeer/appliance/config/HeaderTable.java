package sunpeer.appliance.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sunpeer.drivers.board.Thermostat;

/** Checks what {@code [board]} says of the header, and builds it. Confined to one call of the reader. */
final class HeaderTable {
    /** Thermometers settle within one; relays do not chatter with five percent between on and off. */
    private static final double FAN_GAP_C = 2;

    private static final double RELAY_GAP_PERCENT = 5;
    /** Where the overlay w1-gpio of a Raspberry Pi puts the 1-Wire bus. */
    private static final int ONE_WIRE_PIN = 7;

    private final Settings settings;
    private final HeaderKeys keys;

    HeaderTable(Settings settings, HeaderKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /** @param reserve key of the fraction that a load should leave in the battery */
    void check(Key<Double> reserve) {
        settings.alone(keys.fanPin, List.of(keys.fanOnC, keys.fanOffC));
        settings.alone(keys.relayPin, List.of(keys.relayActiveLow, keys.relayOnPercent, keys.relayOffPercent));
        checkPins();
        below(keys.fanOnC, keys.fanOffC, FAN_GAP_C, "degrees Celsius");
        below(keys.relayOnPercent, keys.relayOffPercent, RELAY_GAP_PERCENT, "percent");
        double reserved = settings.value(reserve).orElse(0.0) * 100;
        settings.value(keys.relayOffPercent)
                .filter(off -> settings.has(keys.relayPin) && off < reserved)
                .ifPresent(off -> settings.warn(
                        keys.relayOffPercent,
                        "is " + Shown.number(off) + ", below the battery's reserve of " + Shown.number(reserved)
                                + " percent: the load then takes what is kept for this node"));
    }

    private void checkPins() {
        Map<Integer, Key<Integer>> taken = new HashMap<>();
        for (Key<Integer> key : keys.pins()) {
            settings.given(key).ifPresent(pin -> {
                Key<Integer> other = taken.putIfAbsent(pin, key);
                if (other != null) {
                    settings.wrong(key, "is " + pin + ", and so is " + other.name() + ": give each a pin of its own");
                }
                if (pin == ONE_WIRE_PIN
                        && settings.given(keys.thermometer).orElse(null) instanceof Header.Thermometer.Ds18b20) {
                    settings.warn(key, "is 7, where a Raspberry Pi has the DS18B20 unless w1-gpio names another pin");
                }
            });
        }
    }

    private void below(Key<Double> upper, Key<Double> lower, double gap, String unit) {
        Optional<Double> high = settings.value(upper);
        Optional<Double> low = settings.value(lower);
        if ((settings.has(upper) || settings.has(lower))
                && high.isPresent()
                && low.isPresent()
                && low.get() > high.get() - gap) {
            // The blame goes where the owner wrote something.
            boolean lowGiven = settings.has(lower);
            settings.wrong(
                    lowGiven ? lower : upper,
                    "is " + Shown.number(lowGiven ? low.get() : high.get()) + ": give a number of " + unit
                            + " at least " + Shown.number(gap) + (lowGiven ? " below " : " above ")
                            + (lowGiven ? upper : lower).name() + ", which is "
                            + Shown.number(lowGiven ? high.get() : low.get()));
        }
    }

    Header build() {
        return new Header(
                settings.given(keys.ledPin),
                settings.given(keys.buttonPin),
                settings.given(keys.fanPin)
                        .map(pin -> new Header.Fan(
                                pin, new Thermostat(settings.must(keys.fanOnC), settings.must(keys.fanOffC)))),
                settings.given(keys.relayPin)
                        .map(pin -> new Header.Relay(
                                pin,
                                settings.must(keys.relayActiveLow),
                                settings.must(keys.relayOnPercent) / 100,
                                settings.must(keys.relayOffPercent) / 100)),
                settings.given(keys.thermometer));
    }
}

package sunpeer.appliance.config;

import java.util.List;

/** The keys of {@code [board]} that say what hangs on the board's own header. Immutable. */
final class HeaderKeys {
    private static final String NO_PIN = "without it, none";

    final Key<Integer> ledPin = pin("led_pin", "status light: heartbeat while it computes, a blink while it waits", 11);
    final Key<Integer> buttonPin =
            pin("button_pin", "button to ground: pressed, one line in the log; held 3 s, the service stops", 13);
    final Key<Integer> fanPin =
            pin("fan_pin", "fan, through a transistor, switched by the processor's temperature", 12);
    final Key<Double> fanOnC = new Key<>(
            "board", "fan_on_c", Form.number("degrees Celsius", 30, 95), Key.value(65.0), "where the fan starts", "65");
    final Key<Double> fanOffC = new Key<>(
            "board",
            "fan_off_c",
            Form.number("degrees Celsius", 20, 93),
            Key.value(55.0),
            "where it stops, at least 2 below fan_on_c",
            "55");
    final Key<Integer> relayPin = pin("relay_pin", "relay that feeds a load while the battery can spare it", 15);
    final Key<Boolean> relayActiveLow = new Key<>(
            "board",
            "relay_active_low",
            Form.flag(),
            Key.value(false),
            "true if it switches on at low level, as most relay boards with an optocoupler do",
            "true");
    final Key<Double> relayOnPercent = new Key<>(
            "board",
            "relay_on_percent",
            Form.number("percent", 1, 100),
            Key.value(60.0),
            "state of charge, less two standard errors, above which the load is fed",
            "60");
    final Key<Double> relayOffPercent = new Key<>(
            "board",
            "relay_off_percent",
            Form.number("percent", 0, 99),
            Key.value(40.0),
            "state of charge, less two standard errors, below which it is not; below relay_on_percent",
            "40");
    final Key<Header.Thermometer> thermometer = new Key<>(
            "board",
            "battery_thermometer",
            Forms.thermometer(),
            Key.nothing(NO_PIN),
            "for the battery's temperature, where the controller tells none",
            "\"ds18b20\"");

    private static Key<Integer> pin(String name, String meaning, int sample) {
        return new Key<>("board", name, Forms.headerPin(), Key.nothing(NO_PIN), meaning, String.valueOf(sample));
    }

    List<Key<Integer>> pins() {
        return List.of(ledPin, buttonPin, fanPin, relayPin);
    }

    List<Key<?>> all() {
        return List.of(
                ledPin,
                buttonPin,
                fanPin,
                fanOnC,
                fanOffC,
                relayPin,
                relayActiveLow,
                relayOnPercent,
                relayOffPercent,
                thermometer);
    }
}

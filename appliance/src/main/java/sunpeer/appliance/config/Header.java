package sunpeer.appliance.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sunpeer.drivers.board.Thermostat;

/**
 * What hangs on the header of the board; pins by their numbers on the header. Immutable.
 *
 * @param battery thermometer at the battery
 */
public record Header(
        Optional<Integer> ledPin,
        Optional<Integer> buttonPin,
        Optional<Fan> fan,
        Optional<Relay> relay,
        Optional<Thermometer> battery) {
    public static final Header BARE =
            new Header(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public record Fan(int pin, Thermostat thermostat) {}

    /**
     * @param onFraction cautious state of charge above which the load is fed
     * @param offFraction below which it is not any more
     */
    public record Relay(int pin, boolean activeLow, double onFraction, double offFraction) {}

    public sealed interface Thermometer {
        /** @param id empty for the only one there is */
        record Ds18b20(String id) implements Thermometer {}

        record Sht3x() implements Thermometer {}

        record Sht4x() implements Thermometer {}

        /** Of an SHT unless its other pin says otherwise. */
        int SHT_ADDRESS = 0x44;
    }

    /** The keys of the pins that are used, as the owner knows them. */
    public List<String> pinKeys() {
        List<String> keys = new ArrayList<>();
        ledPin.ifPresent(_ -> keys.add("led_pin"));
        buttonPin.ifPresent(_ -> keys.add("button_pin"));
        fan.ifPresent(_ -> keys.add("fan_pin"));
        relay.ifPresent(_ -> keys.add("relay_pin"));
        return keys;
    }
}

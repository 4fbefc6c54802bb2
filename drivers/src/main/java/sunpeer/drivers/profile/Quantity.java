package sunpeer.drivers.profile;

import java.util.Optional;

/** What a reading is made of; the key is the name of its point in the TOML. */
public enum Quantity {
    BATTERY_V("battery_v", "V"),
    BATTERY_A("battery_a", "A"),
    /** Only compared with volts times amperes. */
    BATTERY_W("battery_w", "W"),
    BATTERY_C("battery_c", "C"),
    CHARGE_A("charge_a", "A"),
    CHARGE_W("charge_w", "W"),
    LOAD_V("load_v", "V"),
    LOAD_A("load_a", "A"),
    LOAD_W("load_w", "W"),
    PV_V("pv_v", "V"),
    PV_A("pv_a", "A"),
    PV_W("pv_w", "W"),
    CONTROLLER_SOC("controller_soc", "percent"),
    PV_ENERGY_TOTAL("pv_energy_total", "Wh"),
    STAGE("stage", "stage");

    private final String key;
    private final String unit;

    Quantity(String key, String unit) {
        this.key = key;
        this.unit = unit;
    }

    public String key() {
        return key;
    }

    public String unit() {
        return unit;
    }

    static Optional<Quantity> ofKey(String key) {
        for (Quantity quantity : values()) {
            if (quantity.key.equals(key)) {
                return Optional.of(quantity);
            }
        }
        return Optional.empty();
    }
}

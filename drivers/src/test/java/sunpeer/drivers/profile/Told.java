package sunpeer.drivers.profile;

import sunpeer.drivers.Detail;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** Finds what a read told by the name of its point, whether it stands in the reading or among the details. */
final class Told {
    private Told() {}

    static Detail by(ReadResult.Ok found, String name) {
        Reading reading = found.reading();
        return Quantity.ofKey(name)
                .map(quantity -> quantity == Quantity.STAGE
                        ? Detail.text(name, reading.stage().name())
                        : Detail.number(name, value(reading, quantity), quantity.unit()))
                .orElseGet(() -> found.details().stream()
                        .filter(detail -> detail.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nothing is called " + name)));
    }

    private static Value value(Reading reading, Quantity quantity) {
        return switch (quantity) {
            case BATTERY_V -> reading.batteryV();
            case BATTERY_A -> reading.batteryA();
            case BATTERY_C -> reading.batteryC();
            case CHARGE_A -> reading.chargeA();
            case LOAD_A -> reading.loadA();
            case LOAD_W -> reading.loadW();
            case PV_V -> reading.pvV();
            case PV_A -> reading.pvA();
            case PV_W -> reading.pvW();
            case CONTROLLER_SOC -> reading.controllerSocPercent();
            case PV_ENERGY_TOTAL -> reading.pvEnergyTotalWh();
            case BATTERY_W, CHARGE_W, LOAD_V, STAGE -> throw new AssertionError(quantity + " is not in a reading");
        };
    }
}

package sunpeer.drivers.sunspec;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Value;

/** The panels' side of one tracker, charge controller or inverter. Immutable. */
record DcInput(Value volts, Value amperes, Value watts, Value wattHours) {
    static final DcInput NONE = new DcInput(Value.ABSENT, Value.ABSENT, Value.ABSENT, Value.ABSENT);

    private static final String INSTANCE = "(?:-\\d+)?";
    private static final double TOLERANCE_W = 3;
    private static final double TOLERANCE = 0.10;
    /** Power in front of a charge controller is a few percent more than behind it. */
    private static final double LOSS = 0.15;
    /** Older ones count whole amperes. */
    private static final double STEP_A = 0.5;

    private static final double SAME_VOLTAGE = 0.10;

    /** All that panels feed: the trackers if the device tells them, else its charge controllers, else the inverter as a whole. */
    static List<DcInput> of(Told told, Value batteryV) {
        return Stream.of(trackers(told), chargers(told), inverter(told, batteryV))
                .filter(inputs -> !inputs.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<DcInput> trackers(Told told) {
        return told.having("160" + INSTANCE + "\\.\\d+", "DCA").stream()
                .filter(tracker -> !isStorage(told.text(tracker + ".IDStr")))
                .map(tracker -> checked(told, tracker, "DCWH"))
                .filter(input -> input.watts().quality() != Quality.ABSENT)
                .toList();
    }

    /** Fronius hybrids tell their battery as two more trackers, "StCha 3" and "StDisCha 4". */
    private static boolean isStorage(String tracker) {
        String small = tracker.toLowerCase(Locale.ROOT);
        return small.startsWith("stcha") || small.startsWith("stdischa");
    }

    /** A battery inverter has the battery on its direct current side: such a voltage is no panel's. */
    private static List<DcInput> inverter(Told told, Value batteryV) {
        return told.having("1[01][123]", "DCV").stream()
                .map(inverter -> checked(told, inverter, ""))
                .filter(input -> input.watts().quality() != Quality.ABSENT)
                .filter(input ->
                        !(Math.abs(input.volts().number() - batteryV.number()) <= SAME_VOLTAGE * batteryV.number()))
                .toList();
    }

    private static DcInput checked(Told told, String place, String energy) {
        Value volts = told.number(place + ".DCV");
        Value amperes = told.number(place + ".DCA");
        Value given = told.number(place + ".DCW");
        Value product = Told.product(volts, amperes);
        Value watts = given.quality() == Quality.ABSENT ? product : given;
        Value energyWh = told.number(place + "." + energy);
        double tolerance = Math.max(TOLERANCE_W, TOLERANCE * Math.max(Math.abs(product.number()), watts.number()));
        if (Math.abs(product.number() - watts.number()) > tolerance) {
            return new DcInput(volts, suspect(amperes), suspect(watts), energyWh);
        }
        return new DcInput(volts, amperes, watts, energyWh);
    }

    private static List<DcInput> chargers(Told told) {
        return told.having("64111" + INSTANCE, "OutputW").stream()
                .map(charger -> charger(told, charger))
                .toList();
    }

    private static DcInput charger(Told told, String charger) {
        Value volts = told.number(charger + ".ArrayV");
        Value watts = told.number(charger + ".OutputW");
        Value published = told.number(charger + ".InputA");
        Value byUnit = told.number(charger + ".InputA.A_SF");
        Value amperes = error(volts, byUnit, watts) < error(volts, published, watts) ? byUnit : published;
        double tolerance = Math.max(LOSS * watts.number(), STEP_A * volts.number());
        boolean fits = error(volts, amperes, watts) <= tolerance;
        return new DcInput(volts, fits ? amperes : suspect(amperes), watts, Value.ABSENT);
    }

    private static double error(Value volts, Value amperes, Value watts) {
        return Math.abs(volts.number() * amperes.number() - watts.number());
    }

    private static Value suspect(Value value) {
        return value.isGood() ? Value.suspect(value.number()) : value;
    }
}

package sunpeer.drivers;

import java.time.Instant;
import java.util.List;

/**
 * Everything one poll of a charge controller told, frozen.
 *
 * <p>Immutable. Signs: {@code batteryA} is the net battery current, positive while charging; {@code chargeA} is what the
 * controller pushes towards the battery and the loads, never negative; {@code loadA} is what flows out of its load output,
 * never negative. A value that the device does not have is {@link Value#ABSENT}.
 *
 * @param at time of the poll
 * @param origin device and wire, for people: {@code "EPEVER Tracer at /dev/ttyUSB0, unit 1"}
 * @param pvW power of the panels; of controllers that do not measure it the power that they give, which is a little less
 * @param controllerSocPercent the controller's own estimate, 0 to 100: shown, never believed
 * @param pvEnergyTotalWh lifetime yield as the controller counts it
 */
public record Reading(
        Instant at,
        String origin,
        Value batteryV,
        Value batteryA,
        Value chargeA,
        Value loadA,
        Value loadW,
        Value pvV,
        Value pvA,
        Value pvW,
        Value batteryC,
        Value controllerSocPercent,
        Value pvEnergyTotalWh,
        ChargeStage stage) {
    /** What a device tells that sees the battery and nothing else. */
    public static Reading ofBattery(Instant at, String origin, Value batteryV, Value batteryA, Value batteryC) {
        return new Reading(
                at,
                origin,
                batteryV,
                batteryA,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                Value.ABSENT,
                batteryC,
                Value.ABSENT,
                Value.ABSENT,
                ChargeStage.UNKNOWN);
    }

    /** Everything but time, origin and stage under the names that people, files and programs call it by. */
    public List<Detail> values() {
        return List.of(
                Detail.number("battery_v", batteryV, "V"),
                Detail.number("battery_a", batteryA, "A"),
                Detail.number("battery_c", batteryC, "C"),
                Detail.number("charge_a", chargeA, "A"),
                Detail.number("load_a", loadA, "A"),
                Detail.number("load_w", loadW, "W"),
                Detail.number("pv_v", pvV, "V"),
                Detail.number("pv_a", pvA, "A"),
                Detail.number("pv_w", pvW, "W"),
                Detail.number("pv_energy_total_wh", pvEnergyTotalWh, "Wh"),
                Detail.number("controller_soc_percent", controllerSocPercent, "percent"));
    }

    /** The same reading with the battery's temperature from elsewhere. */
    public Reading withBatteryC(Value celsius, String by) {
        return with(origin + ", battery temperature by " + by, batteryA, celsius, stage);
    }

    /** The same reading with the battery's net current as somebody knows it better. */
    public Reading withBatteryA(Value amps) {
        return with(origin, amps, batteryC, stage);
    }

    /** The same reading with another judgement of the stage. */
    public Reading inStage(ChargeStage judged) {
        return with(origin, batteryA, batteryC, judged);
    }

    private Reading with(String source, Value amps, Value celsius, ChargeStage judged) {
        return new Reading(
                at,
                source,
                batteryV,
                amps,
                chargeA,
                loadA,
                loadW,
                pvV,
                pvA,
                pvW,
                celsius,
                controllerSocPercent,
                pvEnergyTotalWh,
                judged);
    }
}

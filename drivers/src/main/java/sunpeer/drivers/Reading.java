package sunpeer.drivers;

import java.time.Instant;

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
    /** The same reading with another judgement of the stage. */
    public Reading inStage(ChargeStage judged) {
        return new Reading(
                at,
                origin,
                batteryV,
                batteryA,
                chargeA,
                loadA,
                loadW,
                pvV,
                pvA,
                pvW,
                batteryC,
                controllerSocPercent,
                pvEnergyTotalWh,
                judged);
    }
}

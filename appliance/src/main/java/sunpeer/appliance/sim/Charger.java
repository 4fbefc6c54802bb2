package sunpeer.appliance.sim;

import sunpeer.appliance.energy.BatterySpec;
import sunpeer.drivers.ChargeStage;

/**
 * The algorithm of a charge controller: bulk, absorption until the current tapers off or time is up, float, and bulk again
 * when the battery sinks or a new day begins. Confined to one thread.
 */
final class Charger {
    /** Below it the converter rests. */
    static final double WAKE_W = 0.5;

    private static final double TAPER_HOLD_S = 600;
    /** No controller cooks a battery for longer. */
    private static final double ABSORPTION_LIMIT_S = 4 * 3600;
    /** Volts below float, as a share of it, that start a new bulk. */
    private static final double REBULK = 0.965;
    /** So long without sun is a night, not a cloud. */
    private static final double NIGHT_S = 3 * 3600;

    private final BatterySpec spec;
    private ChargeStage stage = ChargeStage.OFF;
    private boolean charged;
    private double darkS;
    private double absorptionS;
    private double taperS;

    Charger(BatterySpec spec) {
        this.spec = spec;
    }

    ChargeStage stage() {
        return stage;
    }

    /** Voltage it will not exceed in this step, given what the panel offers. */
    double limitV(double offeredW, double seconds) {
        if (offeredW < WAKE_W) {
            stage = ChargeStage.OFF;
            darkS += seconds;
            if (darkS > NIGHT_S) {
                charged = false;
                absorptionS = 0;
            }
            return 0;
        }
        darkS = 0;
        if (stage == ChargeStage.OFF) {
            stage = charged ? ChargeStage.FLOAT : ChargeStage.BULK;
        }
        return charged ? spec.floatV() : spec.absorptionV();
    }

    /** The battery is too cold: the sun carries the load, and nothing is charged. */
    void holdOff() {
        stage = ChargeStage.OFF;
    }

    /** What came of the step. */
    void observe(double batteryV, double batteryA, boolean limited, double seconds) {
        if (stage == ChargeStage.OFF) {
            return;
        }
        if (charged) {
            if (batteryV < spec.floatV() * REBULK) {
                charged = false;
                absorptionS = 0;
                stage = ChargeStage.BULK;
            } else {
                stage = ChargeStage.FLOAT;
            }
            return;
        }
        stage = limited ? ChargeStage.ABSORPTION : ChargeStage.BULK;
        absorptionS += limited ? seconds : 0;
        taperS = limited && batteryA < spec.capacityAh() / 50 ? taperS + seconds : 0;
        if (taperS >= TAPER_HOLD_S || absorptionS >= ABSORPTION_LIMIT_S) {
            charged = true;
            taperS = 0;
            stage = ChargeStage.FLOAT;
        }
    }
}

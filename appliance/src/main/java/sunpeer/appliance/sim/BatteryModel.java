package sunpeer.appliance.sim;

import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Curve;

/**
 * A battery whose charge is known: quasi-static voltage over charge, an overvoltage that reverses with the current, and a
 * resistance. Confined to one thread.
 *
 * <p>It is on purpose not the battery its {@link BatterySpec} describes: resistance, efficiency and curve differ as they do
 * in the field, so that an estimator cannot be right by construction.
 */
final class BatteryModel {
    // Volts per cell. The last percent before full rises steeply, which is what lets the charging current taper off.
    private static final Curve LFP_V = Curve.of(
            0, 2.70, 0.02, 2.92, 0.05, 3.06, 0.1, 3.20, 0.2, 3.25, 0.3, 3.275, 0.4, 3.29, 0.6, 3.305, 0.7, 3.325, 0.9,
            3.335, 0.95, 3.345, 0.98, 3.375, 0.99, 3.43, 1, 3.56);
    private static final Curve LI_ION_V = Curve.of(
            0, 2.90, 0.05, 3.33, 0.1, 3.46, 0.2, 3.56, 0.4, 3.65, 0.5, 3.70, 0.7, 3.87, 0.9, 4.07, 0.98, 4.14, 1, 4.20);
    private static final Curve LEAD_V = Curve.of(0, 1.977, 0.25, 2.010, 0.5, 2.0417, 0.75, 2.075, 1, 2.1083);
    /** Extra volts per lead cell while charging: little at half, gassing towards full, if absorption is at 2.40 V. */
    private static final Curve LEAD_CHARGING_V = Curve.of(0, 0.020, 0.5, 0.040, 0.8, 0.085, 0.9, 0.16, 1, 0.31);

    private static final double LEAD_ABSORPTION_V = 2.40;
    private static final double LEAD_DISCHARGING_V = 0.012;
    private static final double LITHIUM_OVERVOLTAGE_V = 0.02;
    private static final double LITHIUM_CHARGE_EFFICIENCY = 0.995;
    private static final double LEAD_CHARGE_EFFICIENCY = 0.93;
    /** From here on gassing takes a growing part of the charge. */
    private static final double LEAD_GASSING_SOC = 0.85;

    private static final double LEAD_FULL_EFFICIENCY = 0.3;
    private static final double WIRING_OHM = 0.01;
    private static final double AGED = 1.3;
    private static final double HOURS_PER_MONTH = 730;
    private static final int BISECTIONS = 40;
    private static final int POWER_STEPS = 6;

    private final boolean lithium;
    private final Curve curve;
    private final double capacityAh;
    private final int cells;
    /** Flooded cells gas at a higher voltage than gel, which is why chargers are set so. */
    private final double gassing;

    private final double resistanceOhm;
    /** Current at which most of the overvoltage is there. */
    private final double kneeA;

    private double chargeAh;
    private double chargedWh;
    private double dischargedWh;
    private double lostWh;

    BatteryModel(BatterySpec spec, double soc) {
        this.lithium = !spec.chemistry().isLead();
        this.curve = switch (spec.chemistry()) {
            case LFP -> LFP_V;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> LEAD_V;
            case LI_ION -> LI_ION_V;
        };
        this.capacityAh = spec.capacityAh();
        this.cells = spec.cells();
        double fullV = LEAD_V.at(1);
        this.gassing = (spec.absorptionV() / cells - fullV) / (LEAD_ABSORPTION_V - fullV);
        this.resistanceOhm = spec.resistanceOhm() * AGED + WIRING_OHM;
        this.kneeA = capacityAh / 100;
        this.chargeAh = soc * capacityAh;
    }

    double soc() {
        return chargeAh / capacityAh;
    }

    /** Energy that lies between empty and now along the quasi-static curve. */
    double storedWh() {
        return curve.integral(soc()) * capacityAh * cells;
    }

    double chargedWh() {
        return chargedWh;
    }

    double dischargedWh() {
        return dischargedWh;
    }

    double lostWh() {
        return lostWh;
    }

    double terminalV(double amps) {
        return quasiStaticV(soc()) + overvoltage(amps) + amps * resistanceOhm;
    }

    /** Net current at which the terminals take (positive) or give {@code watts}. */
    double ampsAtPower(double watts) {
        double amps = watts / quasiStaticV(soc());
        for (int i = 0; i < POWER_STEPS; i++) {
            amps = watts / terminalV(amps);
        }
        return amps;
    }

    /** Net current at which the terminals show {@code volts}. */
    double ampsAtVoltage(double volts) {
        double low = -2 * capacityAh;
        double high = 2 * capacityAh;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (terminalV(middle) < volts) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** @return terminal power, W, positive while charging */
    double apply(double amps, double hours) {
        double terminalW = terminalV(amps) * amps;
        double soc = soc();
        double storedAh = amps > 0 ? amps * hours * efficiency(soc) : amps * hours;
        double leakedAh = chargeAh * (lithium ? 0.03 : 0.04) / HOURS_PER_MONTH * hours;
        double nextAh = Math.clamp(chargeAh + storedAh - leakedAh, 0, capacityAh);
        double middleV = quasiStaticV((soc + nextAh / capacityAh) / 2);
        // What neither arrives in the charge nor leaves by the terminals has become heat or gas.
        lostWh += terminalW * hours - (nextAh - chargeAh) * middleV;
        if (amps > 0) {
            chargedWh += terminalW * hours;
        } else {
            dischargedWh -= terminalW * hours;
        }
        chargeAh = nextAh;
        return terminalW;
    }

    private double quasiStaticV(double soc) {
        return curve.at(soc) * cells;
    }

    private double overvoltage(double amps) {
        double perCell;
        if (lithium) {
            perCell = LITHIUM_OVERVOLTAGE_V;
        } else {
            perCell = amps > 0 ? gassing * LEAD_CHARGING_V.at(soc()) : LEAD_DISCHARGING_V;
        }
        return perCell * cells * Math.tanh(amps / kneeA);
    }

    private double efficiency(double soc) {
        if (lithium) {
            return LITHIUM_CHARGE_EFFICIENCY;
        }
        double gassing = Math.clamp((soc - LEAD_GASSING_SOC) / (1 - LEAD_GASSING_SOC), 0, 1);
        return LEAD_CHARGE_EFFICIENCY + gassing * (LEAD_FULL_EFFICIENCY - LEAD_CHARGE_EFFICIENCY);
    }
}

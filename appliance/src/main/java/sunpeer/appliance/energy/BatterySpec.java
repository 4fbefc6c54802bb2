package sunpeer.appliance.energy;

/**
 * What is known of the battery from its label, and the thresholds that follow. Immutable.
 *
 * <p>Voltages are of the whole battery unless the name says cell. The derived numbers are engineering values, not of one
 * make; the reason stands with each.
 *
 * @param nominalV as people say it: 12, 12.8, 24, 25.6, 48 or 51.2
 * @param capacityAh at the 10 or 20 hour rate
 * @param absorptionV at which the charge controller holds the battery until the current tapers off; from the controller's
 *     settings if they are known
 */
public record BatterySpec(Chemistry chemistry, double nominalV, double capacityAh, double absorptionV) {
    // Open-circuit volts per cell. Between 0.2 and 0.9 it rises by 0.08 V, which is within hysteresis and two register
    // steps:
    // a start value with a wide error bar, never a correction.
    private static final Curve LFP_CELL_V = Curve.of(
            0, 2.80, 0.05, 3.05, 0.1, 3.20, 0.2, 3.25, 0.3, 3.275, 0.5, 3.295, 0.7, 3.325, 0.9, 3.335, 0.97, 3.36, 1,
            3.45);
    // Wet battery at 26.7 °C: 11.89, 12.06, 12.24, 12.45 and 12.65 V per six cells.
    private static final Curve LEAD_CELL_V = Curve.of(0, 1.982, 0.25, 2.010, 0.5, 2.040, 0.75, 2.075, 1, 2.108);

    public BatterySpec {
        if (!(nominalV >= 10 && nominalV <= 60 && capacityAh > 0 && capacityAh <= 10_000)) {
            throw new IllegalArgumentException("no such battery: " + nominalV + " V, " + capacityAh + " Ah");
        }
        if (!(absorptionV > nominalV && absorptionV < nominalV * 1.4)) {
            throw new IllegalArgumentException("absorption at " + absorptionV + " V does not fit " + nominalV + " V");
        }
    }

    public static BatterySpec of(Chemistry chemistry, double nominalV, double capacityAh) {
        double cellV = switch (chemistry) {
            // 14.2 V for four cells: full, and kind to them.
            case LFP -> 3.55;
            // 14.4 V for six cells: the middle of AGM, flooded and gel.
            case LEAD_ACID -> 2.40;
        };
        return new BatterySpec(chemistry, nominalV, capacityAh, cellV * cells(chemistry, nominalV));
    }

    public static BatterySpec ofWh(Chemistry chemistry, double nominalV, double capacityWh) {
        return of(chemistry, nominalV, capacityWh / labelV(chemistry, nominalV));
    }

    public double capacityWh() {
        return capacityAh * labelV(chemistry, nominalV);
    }

    public int cells() {
        return cells(chemistry, nominalV);
    }

    /** At or above it, with the current tapered off, the battery is full: half the usual spread of settings below absorption. */
    public double fullV() {
        return absorptionV - 0.1 * blocks();
    }

    /** The charging current below which a battery at {@link #fullV} takes no more worth counting: C/25, as shunts do it. */
    public double tailA() {
        return capacityAh / 25;
    }

    public double floatV() {
        return switch (chemistry) {
            case LFP -> 3.375 * cells();
            case LEAD_ACID -> 2.25 * cells();
        };
    }

    /** Share of the charge put in that comes out again; gassing takes the rest from lead. */
    public double chargeEfficiency() {
        return switch (chemistry) {
            case LFP -> 0.99;
            case LEAD_ACID -> 0.90;
        };
    }

    /** Share of the charge moved that a count may be off: gain of the sensor, and how far gassing varies. */
    public double countSigma() {
        return switch (chemistry) {
            case LFP -> 0.02;
            case LEAD_ACID -> 0.05;
        };
    }

    /** Below it, freed of the drop by the current, the voltage tells how little is left: the plateau has ended. */
    public double lowV() {
        return switch (chemistry) {
            case LFP -> 3.20 * cells();
            case LEAD_ACID -> 2.00 * cells();
        };
    }

    /** How far a state of charge read below {@link #lowV} is off: steep for LFP, temperature and age blur lead. */
    public double lowSigma() {
        return switch (chemistry) {
            case LFP -> 0.04;
            case LEAD_ACID -> 0.08;
        };
    }

    /** How far a state of charge read from the voltage of an idle battery is off: the LFP plateau says next to nothing. */
    public double voltageSigma() {
        return switch (chemistry) {
            case LFP -> 0.25;
            case LEAD_ACID -> 0.15;
        };
    }

    /** Where a load output cuts off: about 5 % left in LFP, 20 % in lead under a small load. */
    public double disconnectV() {
        return switch (chemistry) {
            case LFP -> 3.04 * cells();
            case LEAD_ACID -> 1.99 * cells();
        };
    }

    /** Where a load output comes back while charging: about 15 % in LFP, 40 % in lead. */
    public double reconnectV() {
        return switch (chemistry) {
            case LFP -> 3.26 * cells();
            case LEAD_ACID -> 2.09 * cells();
        };
    }

    /** Inner resistance: about 5 mOhm for a 20 Ah LFP cell, 7 for lead, smaller as cells grow. */
    public double resistanceOhm() {
        double ohmAh = switch (chemistry) {
            case LFP -> 0.10;
            case LEAD_ACID -> 0.14;
        };
        return ohmAh / capacityAh * cells();
    }

    /** State of charge, 0 to 1, that an idle battery shows by this open-circuit voltage; see {@link #voltageSigma}. */
    public double socAtOpenCircuit(double volts) {
        return openCircuitCellV().inverse(volts / cells());
    }

    private Curve openCircuitCellV() {
        return switch (chemistry) {
            case LFP -> LFP_CELL_V;
            case LEAD_ACID -> LEAD_CELL_V;
        };
    }

    /** How many "12 V" units the battery is made of: rules of thumb are told per unit. */
    private int blocks() {
        return blocks(nominalV);
    }

    private static int blocks(double nominalV) {
        return Math.max(1, (int) Math.round(nominalV / 12.5));
    }

    private static int cells(Chemistry chemistry, double nominalV) {
        return blocks(nominalV) * (chemistry == Chemistry.LFP ? 4 : 6);
    }

    private static double labelV(Chemistry chemistry, double nominalV) {
        return cells(chemistry, nominalV) * (chemistry == Chemistry.LFP ? 3.2 : 2.0);
    }
}

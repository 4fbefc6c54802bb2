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

    // A common NMC cell at rest, rounded.
    private static final Curve LI_ION_CELL_V = Curve.of(
            0, 3.00, 0.05, 3.35, 0.1, 3.45, 0.2, 3.55, 0.3, 3.60, 0.5, 3.69, 0.6, 3.78, 0.7, 3.88, 0.8, 3.98, 0.9, 4.08,
            1, 4.18);
    /** From here on lead gasses away a growing part of the charge. */
    private static final double GASSING_FRACTION = 0.85;

    private static final double GASSING_EFFICIENCY = 0.4;
    private static final double LEAD_LAG_CELL_V = 0.01;
    private static final double WARM_C = 25;

    public BatterySpec {
        if (!(nominalV >= 10 && nominalV <= 60 && capacityAh > 0 && capacityAh <= 10_000)) {
            throw new IllegalArgumentException("no such battery: " + nominalV + " V, " + capacityAh + " Ah");
        }
        if (!(absorptionV > labelV(chemistry, nominalV) && absorptionV < nominalV * 1.4)) {
            throw new IllegalArgumentException("absorption at " + absorptionV + " V does not fit " + nominalV + " V");
        }
    }

    public static BatterySpec of(Chemistry chemistry, double nominalV, double capacityAh) {
        double cellV = switch (chemistry) {
            // 14.2 V for four cells: full, and kind to them.
            case LFP -> 3.55;
            // 14.4 V for six cells; flooded needs to gas now and then, gel must not.
            case LEAD_ACID, LEAD_AGM -> 2.40;
            case LEAD_FLOODED -> 2.45;
            case LEAD_GEL -> 2.35;
            // A little below the 4.20 V of its label, as is usual where it stays full all day.
            case LI_ION -> 4.15;
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

    /** What it holds then: lead still takes a little for hours, Li-ion is not charged to the volts of its label. */
    public double fullFraction() {
        return switch (chemistry) {
            case LFP -> 1;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 0.995;
            case LI_ION -> 0.97;
        };
    }

    public double floatV() {
        return switch (chemistry) {
            case LFP -> 3.375 * cells();
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 2.25 * cells();
            case LI_ION -> 4.05 * cells();
        };
    }

    /** Share of the charge put in that comes out again, at this state of charge; gassing takes the rest from lead. */
    public double chargeEfficiency(double fraction) {
        double before = switch (chemistry) {
            case LFP, LI_ION -> 0.99;
            case LEAD_ACID, LEAD_GEL -> 0.92;
            case LEAD_FLOODED -> 0.90;
            case LEAD_AGM -> 0.95;
        };
        if (!chemistry.isLead()) {
            return before;
        }
        double gassing = Math.clamp((fraction - GASSING_FRACTION) / (1 - GASSING_FRACTION), 0, 1);
        return before + gassing * (GASSING_EFFICIENCY - before);
    }

    /** Share of the label's charge that can be had at this temperature; all of it when the temperature is not known. */
    public double usableShare(double celsius) {
        double coldK = Double.isNaN(celsius) ? 0 : Math.max(0, WARM_C - celsius);
        return chemistry.isLead() ? 1 - Math.min(0.50, 0.008 * coldK) : 1 - Math.min(0.15, 0.003 * coldK);
    }

    /** Share of the charge moved that a count may be off: gain of the sensor, and how far gassing varies. */
    public double countSigma() {
        return switch (chemistry) {
            case LFP, LI_ION -> 0.02;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 0.05;
        };
    }

    /** Below it, freed of the drop by the current, the voltage tells how little is left: the plateau has ended. */
    public double lowV() {
        return switch (chemistry) {
            case LFP -> 3.20 * cells();
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 2.01 * cells();
            case LI_ION -> 3.45 * cells();
        };
    }

    /** How far a state of charge read below {@link #lowV} is off: steep for LFP, temperature and age blur lead. */
    public double lowSigma() {
        return switch (chemistry) {
            case LFP, LI_ION -> 0.04;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 0.08;
        };
    }

    /** How far a state of charge read from the voltage of an idle battery is off: the LFP plateau says next to nothing. */
    public double voltageSigma() {
        return switch (chemistry) {
            case LFP -> 0.25;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 0.15;
            case LI_ION -> 0.10;
        };
    }

    /** Where a load output cuts off: about 5 % left in LFP, 20 % in lead under a small load. */
    public double disconnectV() {
        return switch (chemistry) {
            case LFP -> 3.04 * cells();
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 1.99 * cells();
            case LI_ION -> 3.30 * cells();
        };
    }

    /** Where a load output comes back while charging: about 15 % in LFP, 40 % in lead. */
    public double reconnectV() {
        return switch (chemistry) {
            case LFP -> 3.26 * cells();
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 2.09 * cells();
            case LI_ION -> 3.58 * cells();
        };
    }

    /** Inner resistance: about 5 mOhm for a 20 Ah LFP cell, 7 for lead, smaller as cells grow. */
    public double resistanceOhm() {
        double ohmAh = switch (chemistry) {
            case LFP, LI_ION -> 0.10;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 0.14;
        };
        return ohmAh / capacityAh * cells();
    }

    /** What the battery would show at rest: freed of the drop by the current, and of what lead lags behind its acid. */
    public double idleV(double volts, double amps) {
        boolean lags = chemistry.isLead() && amps < -capacityAh / 200;
        return volts - amps * resistanceOhm() + (lags ? LEAD_LAG_CELL_V * cells() : 0);
    }

    /** State of charge, 0 to 1, that an idle battery shows by this open-circuit voltage; see {@link #voltageSigma}. */
    public double socAtOpenCircuit(double volts) {
        return openCircuitCellV().inverse(volts / cells());
    }

    private Curve openCircuitCellV() {
        return switch (chemistry) {
            case LFP -> LFP_CELL_V;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> LEAD_CELL_V;
            case LI_ION -> LI_ION_CELL_V;
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
        return switch (chemistry) {
            case LFP -> blocks(nominalV) * 4;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> blocks(nominalV) * 6;
            // Its makers count 3.6 or 3.7 V a cell and round the sum: 12 V are three, 24 V seven, 48 V thirteen.
            case LI_ION -> Math.max(3, (int) Math.round(nominalV / 3.68));
        };
    }

    private static double labelV(Chemistry chemistry, double nominalV) {
        double cellV = switch (chemistry) {
            case LFP -> 3.2;
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> 2.0;
            case LI_ION -> 3.6;
        };
        return cells(chemistry, nominalV) * cellV;
    }
}

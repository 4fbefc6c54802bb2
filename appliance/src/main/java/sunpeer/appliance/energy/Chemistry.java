package sunpeer.appliance.energy;

/** What the battery is made of. */
public enum Chemistry {
    /** Lithium iron phosphate. */
    LFP,
    /** Lead whose kind the owner does not know: the middle of the three. */
    LEAD_ACID,
    LEAD_FLOODED,
    LEAD_AGM,
    LEAD_GEL,
    /** Lithium with nickel or cobalt: NMC, NCA. */
    LI_ION;

    public boolean isLead() {
        return switch (this) {
            case LEAD_ACID, LEAD_FLOODED, LEAD_AGM, LEAD_GEL -> true;
            case LFP, LI_ION -> false;
        };
    }

    /** Share of the battery that is usually left alone: lead ages below one half. */
    public double usualReserve() {
        return isLead() ? 0.50 : 0.20;
    }

    /** Charged below 0 °C, lithium plates onto the graphite and the battery is ruined for good. */
    public boolean isRuinedByChargingInFrost() {
        return !isLead();
    }
}

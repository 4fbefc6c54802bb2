package sunpeer.appliance.energy;

/** What the battery is made of. */
public enum Chemistry {
    /** Lithium iron phosphate. */
    LFP,
    /** Flooded, AGM or gel: they differ by less than what is known about a battery in the field. */
    LEAD_ACID
}

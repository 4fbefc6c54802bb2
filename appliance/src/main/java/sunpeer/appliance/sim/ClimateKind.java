package sunpeer.appliance.sim;

/** Weather of a kind of region, each as measured at one place of it. */
public enum ClimateKind {
    BALTIC,
    TEMPERATE,
    CONTINENTAL,
    MONSOON,
    DESERT;

    public Weather weather() {
        return switch (this) {
            case BALTIC -> Weather.BALTIC;
            case TEMPERATE -> Weather.TEMPERATE;
            case CONTINENTAL -> Weather.CONTINENTAL;
            case MONSOON -> Weather.MONSOON;
            case DESERT -> Weather.DESERT;
        };
    }
}

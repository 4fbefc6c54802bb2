package sunpeer.appliance.sim;

/** Weather of a kind of region, each as measured at one place of it. */
public enum ClimateKind {
    BALTIC(Weather.BALTIC),
    TEMPERATE(Weather.TEMPERATE),
    CONTINENTAL(Weather.CONTINENTAL),
    MONSOON(Weather.MONSOON),
    DESERT(Weather.DESERT);

    private final Weather weather;

    ClimateKind(Weather weather) {
        this.weather = weather;
    }

    public Weather weather() {
        return weather;
    }
}

package sunpeer.appliance.sim.year;

import java.util.List;

/** What can be bought. */
final class Sizes {
    /** Panels by their label, W. */
    static final List<Double> PANELS_W =
            List.of(10.0, 20.0, 30.0, 50.0, 80.0, 100.0, 120.0, 150.0, 200.0, 250.0, 300.0, 350.0, 400.0);

    /** Batteries, Ah. */
    static final List<Double> BATTERIES_AH =
            List.of(7.0, 12.0, 20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0, 150.0, 200.0);

    private Sizes() {}
}

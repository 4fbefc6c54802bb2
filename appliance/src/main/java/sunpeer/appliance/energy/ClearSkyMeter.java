package sunpeer.appliance.energy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;

/**
 * Makes the panel a pyranometer: from its power to the clear-sky index of the horizontal, which is comparable between sites
 * whatever the tilt of their panels.
 *
 * <p>Only samples in bulk count, when the charger takes all there is; in absorption and float a full battery looks like a
 * cloud. The real power of the panel under a clear sky (dirt, age, wiring, a generous label) is learned from its own best
 * quarters of an hour. What learning cannot tell apart is a label too modest and a sky clearer than the model's, so an index
 * of 1 means the site's own clear sky: over dry high land that is a tenth brighter than Haurwitz. Confined to one thread; memory is bounded by {@link #MAX_BINS}.
 */
public final class ClearSkyMeter {
    public static final int BIN_S = 900;
    /** Sixty days, nights included; nights take no bins, so it reaches further back than that. */
    public static final int MAX_BINS = 60 * 96;

    /** Usual share of the label that arrives: dirt, mismatch and age 0.90, converter and wiring 0.95. */
    private static final double USUAL_SCALE = 0.90 * 0.95;
    /** Beyond it the label, the place or the tilt is wrong, which no learning should hide. */
    private static final double MIN_SCALE = 0.5 * USUAL_SCALE;

    private static final double MAX_SCALE = 1.25 * USUAL_SCALE;
    /** One day in twelve or so is mostly clear nearly everywhere. */
    private static final double CLEAR_QUANTILE = 0.92;
    /** Clear days differ by haze and temperature. */
    private static final double CLEAR_SPREAD = 0.06;
    /** Days that weigh as much as the usual scale. */
    private static final double USUAL_WEIGHT_DAYS = 4;

    /** Below it horizon, dew and the models' errors rule. */
    private static final double MIN_GHI_WM2 = 80;

    private static final double MIN_POA_WM2 = 80;
    /** Sun above some 22 degrees: lower, the clear-sky model is worth too little to judge a panel by. */
    private static final double MIN_LEARNING_GHI_WM2 = 300;

    private static final int MIN_LEARNING_BINS = 4;
    private static final double BETTER_QUANTILE = 0.75;
    /** With the sun behind the panel, more light on the horizontal may mean less on the panel. */
    private static final double MIN_COS_INCIDENCE = 0.15;

    private static final double MAX_INDEX = 1.5;
    private static final int MIN_SAMPLES = 4;
    private static final double MIN_COVERAGE = 0.5;
    /** The air is not measured; the learned scale takes up the season's mean. */
    private static final double AIR_C = 15;

    private static final double SECONDS_PER_HOUR = 3600;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int BISECTIONS = 16;

    private final Sun sun;
    private final Panel panel;
    private final TreeMap<Long, ClearSkyState.Bin> bins = new TreeMap<>();
    private double scale = USUAL_SCALE;
    private LocalDate today = LocalDate.MIN;

    public ClearSkyMeter(Place place, Panel panel) {
        this(place, panel, new ClearSkyState(List.of()));
    }

    public ClearSkyMeter(Place place, Panel panel, ClearSkyState state) {
        this.sun = new Sun(place);
        this.panel = panel;
        for (ClearSkyState.Bin bin : state.bins()) {
            bins.put(bin.startEpochS(), bin);
        }
        if (!bins.isEmpty()) {
            today = sun.dayOf(Instant.ofEpochSecond(bins.lastKey()));
        }
        learn();
    }

    public ClearSkyState state() {
        return new ClearSkyState(List.copyOf(bins.values()));
    }

    /** Share of the panel's ideal power that arrives under a clear sky, as learned so far. */
    public double scale() {
        return scale;
    }

    public void observe(Reading reading) {
        OptionalDouble pvW = pvW(reading);
        if (pvW.isEmpty() || reading.stage() == ChargeStage.OFF) {
            return;
        }
        long start = Math.floorDiv(reading.at().getEpochSecond(), (long) BIN_S) * BIN_S;
        if (!sees(middle(start))) {
            return;
        }
        ClearSkyState.Bin bin = bins.getOrDefault(start, new ClearSkyState.Bin(start, 0, 0, 0));
        boolean whole = reading.stage() == ChargeStage.BULK;
        bins.put(start, whole ? bin.with(pvW.getAsDouble()) : bin.withCurtailed());
        if (bins.size() > MAX_BINS) {
            bins.pollFirstEntry();
        }
        LocalDate day = sun.dayOf(reading.at());
        if (!day.equals(today)) {
            today = day;
            learn();
        }
    }

    /** What the sky was between the two; empty when there was too little sun, or too little of it was seen uncurtailed. */
    public Optional<Measured> window(Instant from, Instant to) {
        double reachable = 0;
        double seen = 0;
        double measured = 0;
        int samples = 0;
        long first = Math.floorDiv(from.getEpochSecond(), (long) BIN_S) * BIN_S;
        // A window longer than the memory cannot be covered, and must not cost more than the memory.
        long last = Math.min(to.getEpochSecond(), first + (long) MAX_BINS * BIN_S);
        for (long start = first; start < last; start += BIN_S) {
            SunPosition position = middle(start);
            if (!sees(position)) {
                continue;
            }
            double clearWm2 = position.clearSkyGhiWm2() * share(start, from, to);
            reachable += clearWm2;
            ClearSkyState.Bin bin = bins.get(start);
            if (bin != null && bin.tellsTheSky()) {
                seen += clearWm2;
                measured += clearWm2 * index(position, bin.meanPvW());
                samples += bin.samples();
            }
        }
        if (samples < MIN_SAMPLES || seen < MIN_COVERAGE * reachable) {
            return Optional.empty();
        }
        return Optional.of(new Measured(measured / seen, samples, seen / reachable));
    }

    /** Energy that the panel would deliver to the battery under a clear sky, Wh. */
    double clearWh(Instant from, Instant to) {
        double sum = 0;
        long first = Math.floorDiv(from.getEpochSecond(), (long) BIN_S) * BIN_S;
        for (long start = first; start < to.getEpochSecond(); start += BIN_S) {
            sum += clearW(middle(start)) * share(start, from, to) * BIN_S / SECONDS_PER_HOUR;
        }
        return sum;
    }

    /** How clear a day was, or has been so far. */
    DaySeen daySeen(LocalDate day) {
        long start = day.atStartOfDay().toEpochSecond(sun.place().solarOffset());
        double all = 0;
        double seen = 0;
        double given = 0;
        for (long bin = Math.floorDiv(start, (long) BIN_S) * BIN_S; bin < start + SECONDS_PER_DAY; bin += BIN_S) {
            double clearW = clearW(middle(bin));
            all += clearW;
            ClearSkyState.Bin known = bins.get(bin);
            if (known != null && known.tellsTheSky()) {
                seen += clearW;
                given += known.meanPvW();
            }
        }
        return seen <= 0 ? DaySeen.NOTHING : new DaySeen(given / seen, seen / all);
    }

    private double clearW(SunPosition position) {
        return position.elevationDeg() <= 0 ? 0 : scale * panel.powerW(position.clearSkyPoaWm2(panel), AIR_C);
    }

    private double share(long start, Instant from, Instant to) {
        long begin = Math.max(start, from.getEpochSecond());
        long end = Math.min(start + BIN_S, to.getEpochSecond());
        return Math.max(0, end - begin) / (double) BIN_S;
    }

    /** Solves the panel's power for the index: the power rises with it wherever {@link #sees} holds. */
    private double index(SunPosition position, double pvW) {
        double low = 0;
        double high = MAX_INDEX;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            double poa = position.poaWm2(middle * position.clearSkyGhiWm2(), panel);
            if (scale * panel.powerW(poa, AIR_C) < pvW) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * Each day tells what its better quarters of an hour agree on, for the best may be a cloud's edge; clear days are the
     * best of those. By day, because a full battery hides most of a clear day but not its first hours: the quarters that are
     * seen are cloudier than the sky is. And clear days repeat each other, dull ones do not: a candidate weighs as much as
     * the days that agree with it, so that a dark month is not taken for a dirty panel. The day still going on has no say.
     */
    private void learn() {
        double[] days = ratiosByDay().values().stream()
                .filter(ratios -> ratios.size() >= MIN_LEARNING_BINS)
                .mapToDouble(ratios -> quantile(ratios.stream().mapToDouble(ratio -> ratio), BETTER_QUANTILE))
                .toArray();
        if (days.length > 0) {
            double clear = quantile(Arrays.stream(days), CLEAR_QUANTILE);
            double agreeing = Arrays.stream(days)
                    .filter(ratio -> Math.abs(ratio - clear) < CLEAR_SPREAD * clear)
                    .count();
            double learned = (USUAL_SCALE * USUAL_WEIGHT_DAYS + clear * agreeing) / (USUAL_WEIGHT_DAYS + agreeing);
            scale = Math.clamp(learned, MIN_SCALE, MAX_SCALE);
        }
    }

    private Map<LocalDate, List<Double>> ratiosByDay() {
        Map<LocalDate, List<Double>> byDay = new HashMap<>();
        for (ClearSkyState.Bin bin : bins.values()) {
            LocalDate day = sun.dayOf(Instant.ofEpochSecond(bin.startEpochS()));
            if (day.equals(today) || !bin.tellsTheSky()) {
                continue;
            }
            SunPosition position = middle(bin.startEpochS());
            if (position.clearSkyGhiWm2() >= MIN_LEARNING_GHI_WM2) {
                double ratio = bin.meanPvW() / panel.powerW(position.clearSkyPoaWm2(panel), AIR_C);
                byDay.computeIfAbsent(day, any -> new ArrayList<>()).add(ratio);
            }
        }
        return byDay;
    }

    private static double quantile(DoubleStream values, double share) {
        double[] sorted = values.sorted().toArray();
        return sorted[(int) ((sorted.length - 1) * share)];
    }

    private SunPosition middle(long startEpochS) {
        return sun.at(Instant.ofEpochSecond(startEpochS + BIN_S / 2));
    }

    private boolean sees(SunPosition position) {
        return position.clearSkyGhiWm2() >= MIN_GHI_WM2
                && position.cosIncidence(panel) >= MIN_COS_INCIDENCE
                && position.clearSkyPoaWm2(panel) >= MIN_POA_WM2;
    }

    private static OptionalDouble pvW(Reading reading) {
        double watts = Double.NaN;
        if (reading.pvW().isGood()) {
            watts = reading.pvW().number();
        } else if (reading.pvV().isGood() && reading.pvA().isGood()) {
            watts = reading.pvV().number() * reading.pvA().number();
        }
        return watts >= 0 && watts < 1e6 ? OptionalDouble.of(watts) : OptionalDouble.empty();
    }
}

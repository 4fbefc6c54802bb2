package sunpeer.appliance.energy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Reading;

/**
 * Makes the panel a pyranometer: from its power to the clear-sky index of the horizontal, which is comparable between sites
 * whatever the tilt of their panels; and the other way round, from a clear sky to the power that it would bring.
 *
 * <p>Only samples in bulk count, when the charger takes all there is; in absorption and float a full battery looks like a
 * cloud. What the panel really gives under a clear sky is learned once a day from what it gave before, by
 * {@link PanelLearner}; the day still going on has no say. What learning cannot tell apart is a label too modest and a sky
 * clearer than the model's, so an index of 1 means the site's own clear sky: over dry high land that is a tenth brighter than
 * Haurwitz. Confined to one thread; memory is bounded by {@link #MAX_BINS}.
 */
public final class ClearSkyMeter {
    public static final int BIN_S = 900;
    /** Sixty days, nights included; nights take no bins, so it reaches further back than that. */
    public static final int MAX_BINS = 60 * 96;

    /** Share of the panel's power that a small MPPT converter and the wire behind it pass on to the battery. */
    private static final double CONVERTER = 0.95;

    /** Below it horizon, dew and the models' errors rule. */
    private static final double MIN_GHI_WM2 = 80;

    private static final double MIN_POA_WM2 = 80;
    /** With the sun behind the panel, more light on the horizontal may mean less on the panel. */
    private static final double MIN_COS_INCIDENCE = 0.15;
    /** Behind a tree the power tells of the tree. */
    private static final double MIN_DIRECT_SHARE = 0.7;

    private static final double MAX_INDEX = 1.5;
    private static final int MIN_SAMPLES = 4;
    private static final double MIN_COVERAGE = 0.5;
    /** Of a day's clear-sky energy, below which the rest of the day is anybody's guess. */
    private static final double MIN_DAY_SHARE = 0.25;

    /** Quarters whose sun is kept: ten days. */
    private static final int REMEMBERED = 1024;

    private static final int BISECTIONS = 16;

    private final Sun sun;
    private final Panel told;
    private final PanelLearner learner;
    private final TreeMap<Long, Quarter> quarters = new TreeMap<>();
    private PanelModel model;
    private Darkness darkness = Darkness.NONE;
    private LocalDate today = LocalDate.MIN;

    public ClearSkyMeter(Place place, Panel panel) {
        this(place, panel, new ClearSkyState(List.of()));
    }

    // The quarters of some days around now: they are asked for with every look at the sky.
    private final @Nullable SunPosition[] positions = new SunPosition[REMEMBERED];
    private final long[] positionOf = new long[REMEMBERED];
    private final double[] clearW = new double[REMEMBERED];

    /** @param panel as far as it is known; its mounting is learned where it is only assumed */
    public ClearSkyMeter(Place place, Panel panel, ClearSkyState state) {
        this.sun = new Sun(place);
        this.told = panel;
        this.learner = new PanelLearner(place, panel);
        this.model = PanelModel.assumed(place, panel);
        for (ClearSkyState.Bin bin : state.bins()) {
            quarters.put(bin.startEpochS(), quarter(bin));
        }
        if (!quarters.isEmpty()) {
            today = sun.dayOf(Instant.ofEpochSecond(quarters.lastKey()));
            learn();
        }
    }

    public ClearSkyState state() {
        return new ClearSkyState(quarters.values().stream().map(Quarter::bin).toList());
    }

    /** What the panel is, as learned so far. */
    public PanelModel model() {
        return model;
    }

    /** Share of the panel's ideal power that arrives under a clear sky, as learned so far. */
    public double scale() {
        return model.scale();
    }

    /** What is believed of the panel, in one sentence. */
    public String panelText() {
        return model.text(told);
    }

    /** Why the panel is not believed, if it has given next to nothing for days. */
    public Optional<String> darknessText() {
        return isDark() ? Optional.of(darkness.text()) : Optional.empty();
    }

    private boolean isDark() {
        return darkness.isTelling()
                && quarters.descendingMap().values().stream()
                        .takeWhile(quarter -> quarter.solarDay() == today.toEpochDay())
                        .noneMatch(quarter -> Darkness.isBright(quarter, model));
    }

    public void observe(Reading reading) {
        boolean off = reading.stage() == ChargeStage.OFF;
        OptionalDouble pvW = pvW(reading);
        if (pvW.isEmpty() && !off) {
            return;
        }
        long start = Math.floorDiv(reading.at().getEpochSecond(), (long) BIN_S) * BIN_S;
        Quarter quarter = quarters.get(start);
        if (quarter == null) {
            quarter = quarter(new ClearSkyState.Bin(start, 0, 0, 0));
            if (quarter.clearGhiWm2() < MIN_GHI_WM2) {
                return;
            }
        }
        // A controller that rests by daylight is remembered, but says nothing of the sky.
        if (!off) {
            boolean whole = reading.stage() == ChargeStage.BULK;
            ClearSkyState.Bin bin = quarter.bin();
            quarter = quarter.with(whole ? bin.with(pvW.getAsDouble()) : bin.withCurtailed());
        }
        quarters.put(start, quarter);
        if (quarters.size() > MAX_BINS) {
            quarters.pollFirstEntry();
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
            Quarter quarter = quarters.get(start);
            if (quarter != null && quarter.bin().tellsTheSky()) {
                seen += clearWm2;
                measured += clearWm2 * index(quarter);
                samples += quarter.bin().samples();
            }
        }
        boolean snow = isDark() && sun.dayOf(to).toEpochDay() >= darkness.firstDay();
        if (samples < MIN_SAMPLES || seen < MIN_COVERAGE * reachable || snow) {
            return Optional.empty();
        }
        return Optional.of(new Measured(measured / seen, samples, seen / reachable));
    }

    /** Mean power that would arrive at the battery under a clear sky between the two, W: shade, dirt and converter included. */
    public double clearW(Instant from, Instant to) {
        double sum = 0;
        double shares = 0;
        long first = Math.floorDiv(from.getEpochSecond(), (long) BIN_S) * BIN_S;
        long last = Math.min(to.getEpochSecond(), first + (long) MAX_BINS * BIN_S);
        for (long start = first; start < last; start += BIN_S) {
            double share = share(start, from, to);
            sum += share * clearPowerW(start);
            shares += share;
        }
        return shares > 0 ? CONVERTER * sum / shares : 0;
    }

    /** What was seen of a solar day; empty when that was less than a quarter of its clear-sky energy. */
    public Optional<DaySeen> daySeen(LocalDate solarDay) {
        return seen(solarDay).filter(seen -> seen.share() >= MIN_DAY_SHARE);
    }

    /** What was seen of the solar day until {@code now}; empty when there was nothing yet. */
    public Optional<DaySeen> seenSoFar(Instant now) {
        return seen(sun.dayOf(now)).filter(seen -> seen.share() > 0);
    }

    private Optional<DaySeen> seen(LocalDate solarDay) {
        long midnight = solarDay.toEpochSecond(LocalTime.MIDNIGHT, sun.place().solarOffset());
        long first = Math.floorDiv(midnight, (long) BIN_S) * BIN_S;
        double wholeW = 0;
        double clearW = 0;
        double gaveW = 0;
        for (long start = first; start < midnight + 24 * 3600; start += BIN_S) {
            Quarter quarter = quarters.get(start);
            double clear = clearPowerW(start);
            wholeW += clear;
            if (quarter != null && quarter.bin().tellsTheSky() && quarter.solarDay() == solarDay.toEpochDay()) {
                clearW += clear;
                gaveW += quarter.bin().meanPvW();
            }
        }
        return clearW > 0 ? Optional.of(new DaySeen(gaveW / clearW, Math.min(1, clearW / wholeW))) : Optional.empty();
    }

    private double clearPowerW(long start) {
        int slot = slot(start);
        SunPosition position = middle(start);
        if (Double.isNaN(clearW[slot])) {
            clearW[slot] = model.clearPowerW(position, sun.usualAirC(Instant.ofEpochSecond(start + BIN_S / 2)));
        }
        return clearW[slot];
    }

    private static int slot(long start) {
        return (int) Math.floorMod(start / BIN_S, (long) REMEMBERED);
    }

    private double share(long start, Instant from, Instant to) {
        long begin = Math.max(start, from.getEpochSecond());
        long end = Math.min(start + BIN_S, to.getEpochSecond());
        return Math.max(0, end - begin) / (double) BIN_S;
    }

    /** Solves the panel's power for the index: the power rises with it wherever {@link #sees} holds. */
    private double index(Quarter quarter) {
        double low = 0;
        double high = MAX_INDEX;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            double watts = model.powerW(quarter.position(), middle * quarter.clearGhiWm2(), quarter.airC());
            if (watts < quarter.bin().meanPvW()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** From whole days alone, and not from those at the end on which the panel was covered. */
    private void learn() {
        TreeMap<Long, List<Quarter>> byDay = new TreeMap<>();
        for (Quarter quarter : quarters.values()) {
            if (quarter.solarDay() != today.toEpochDay()) {
                byDay.computeIfAbsent(quarter.solarDay(), any -> new ArrayList<>())
                        .add(quarter);
            }
        }
        model = learner.learn(byDay);
        darkness = Darkness.of(byDay, model);
        NavigableMap<Long, List<Quarter>> lit = byDay.headMap(darkness.firstDay(), false);
        if (lit.size() < byDay.size()) {
            model = learner.learn(lit);
        }
        Arrays.fill(clearW, Double.NaN);
    }

    private Quarter quarter(ClearSkyState.Bin bin) {
        Instant middle = Instant.ofEpochSecond(bin.startEpochS() + BIN_S / 2);
        SunPosition position = sun.at(middle);
        return new Quarter(
                bin,
                position,
                model.hour(position),
                sun.usualAirC(middle),
                position.clearSkyGhiWm2(),
                sun.dayOf(Instant.ofEpochSecond(bin.startEpochS())).toEpochDay());
    }

    private SunPosition middle(long startEpochS) {
        int slot = slot(startEpochS);
        SunPosition known = positions[slot];
        if (known == null || positionOf[slot] != startEpochS) {
            known = sun.at(Instant.ofEpochSecond(startEpochS + BIN_S / 2));
            positions[slot] = known;
            positionOf[slot] = startEpochS;
            clearW[slot] = Double.NaN;
        }
        return known;
    }

    private boolean sees(SunPosition position) {
        return position.clearSkyGhiWm2() >= MIN_GHI_WM2
                && position.cosIncidence(model.panel()) >= MIN_COS_INCIDENCE
                && position.clearSkyPoaWm2(model.panel()) >= MIN_POA_WM2
                && model.directShare(position) >= MIN_DIRECT_SHARE;
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

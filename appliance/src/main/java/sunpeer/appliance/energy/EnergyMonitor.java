package sunpeer.appliance.energy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/**
 * What is true now about battery and sun, fed with the polls of the controller.
 *
 * <p>Confined to one thread.
 */
public final class EnergyMonitor {
    /** The page's chart: one point each quarter of an hour, a day and a half. */
    private static final Duration CHART_STEP = Duration.ofMinutes(15);

    private static final int CHART_POINTS = 144;
    /** Above it some controllers rest. */
    private static final double NEARLY_FULL = 0.9;

    /**
     * What does not change while the service runs.
     *
     * @param idleW what the board draws from the battery when nothing runs
     * @param reserve fraction of the battery that only the base load may touch
     * @param boardUnseen the board draws from the battery past the meters of the controller
     * @param staleAfter age at which the newest reading says nothing any more
     */
    public record Setup(
            Place place,
            Panel panel,
            BatterySpec battery,
            double idleW,
            double reserve,
            boolean boardUnseen,
            Duration staleAfter) {}

    /** One point of the chart. */
    public record Point(Instant at, double socFraction, double pvW) {}

    /** Energy since the store began, in watt-hours. */
    public record Totals(double pvWh, double loadWh, double chargedWh, double dischargedWh) {}

    private final Setup setup;
    private final Sun sun;
    private final SocEstimator soc;
    private final ClearSkyMeter sky;
    private final SunForecaster days;
    private final NightAhead night;
    private final Deque<Point> chart = new ArrayDeque<>();
    private @Nullable Reading newest;
    private @Nullable Fault fault;
    private Totals totals;
    /** What the board is thought to have drawn at the newest reading, W; NaN where a meter saw it. */
    private double assumedW = Double.NaN;

    public EnergyMonitor(Setup setup, EnergyMemory memory) {
        this.setup = setup;
        this.sun = new Sun(setup.place());
        this.soc = memory.soc()
                .map(state -> new SocEstimator(setup.battery(), state))
                .orElseGet(() -> new SocEstimator(setup.battery()));
        this.sky = new ClearSkyMeter(setup.place(), setup.panel(), memory.sky());
        this.days = new SunForecaster(sun, sky, memory.days());
        this.night = new NightAhead(setup.place());
        this.totals = memory.totals();
        this.chart.addAll(memory.chart());
    }

    public EnergyMemory memory() {
        return new EnergyMemory(soc.state(), sky.state(), days.memory(), totals, List.copyOf(chart));
    }

    /** @param boardW what the board draws by its power model */
    public void observe(Reading reading, double boardW) {
        Reading before = newest;
        if (before != null && reading.at().isAfter(before.at())) {
            count(before, Duration.between(before.at(), reading.at()));
        }
        fault = null;
        newest = reading;
        Reading counted = counted(reading, boardW);
        assumedW = counted.equals(reading) ? Double.NaN : boardW;
        SocEstimate estimate = soc.update(counted);
        Reading judged = judged(reading);
        if (judged.stage() != ChargeStage.OFF || misses(reading, estimate)) {
            sky.observe(judged);
        }
        Instant last = chart.isEmpty() ? Instant.MIN : chart.getLast().at();
        // A clock that went back starts the chart anew rather than drawing a knot.
        if (reading.at().isBefore(last)) {
            chart.clear();
            last = Instant.MIN;
        }
        if (last.equals(Instant.MIN) || !reading.at().isBefore(last.plus(CHART_STEP))) {
            chart.addLast(
                    new Point(reading.at(), estimate.fraction(), pvW(reading).orElse(0.0)));
            if (chart.size() > CHART_POINTS) {
                chart.removeFirst();
            }
        }
    }

    /** With what the board draws taken off, where no meter sees that. */
    private Reading counted(Reading reading, double boardW) {
        Value volts = reading.batteryV();
        if (!volts.isGood() || !(volts.number() > 0)) {
            return reading;
        }
        double boardA = boardW / volts.number();
        if (reading.batteryA().isGood()) {
            return setup.boardUnseen()
                    ? reading.withBatteryA(Value.good(reading.batteryA().number() - boardA))
                    : reading;
        }
        return reading.chargeA().isGood() && !reading.loadA().isGood()
                ? reading.withBatteryA(Value.good(reading.chargeA().number() - boardA))
                : reading;
    }

    /**
     * Some controllers say "boost" for bulk and absorption alike; at the absorption voltage the sun is being turned away
     * whatever they call it, and its power says nothing of the sky.
     */
    private Reading judged(Reading reading) {
        boolean held = reading.batteryV().isGood()
                && reading.batteryV().number() >= setup.battery().fullV();
        return held && reading.stage() == ChargeStage.BULK ? reading.inStage(ChargeStage.ABSORPTION) : reading;
    }

    /** Whether a controller that does not charge would do so if there were sun: neither full nor frozen. */
    private boolean misses(Reading reading, SocEstimate estimate) {
        boolean frozen = setup.battery().chemistry().isRuinedByChargingInFrost() && celsius(reading) < 0;
        return estimate.fraction() < NEARLY_FULL && !frozen;
    }

    public void failed(Fault why) {
        fault = why;
    }

    /** The system has slept until {@code wokeAt}, on {@code watts} from the battery. */
    public void slept(Instant wokeAt, double watts) {
        soc.slept(wokeAt, watts / setup.battery().nominalV());
    }

    private void count(Reading before, Duration time) {
        if (time.compareTo(SocEstimator.MAX_GAP) > 0) {
            return;
        }
        double hours = time.toMillis() / 3_600_000.0;
        double netW = before.batteryV().isGood() && before.batteryA().isGood()
                ? before.batteryV().number() * before.batteryA().number()
                : 0;
        double loadW = before.loadW().isGood() ? before.loadW().number() : 0;
        totals = new Totals(
                totals.pvWh() + pvW(before).orElse(0.0) * hours,
                totals.loadWh() + loadW * hours,
                totals.chargedWh() + Math.max(0, netW) * hours,
                totals.dischargedWh() + Math.max(0, -netW) * hours);
    }

    public Supply supply(Instant now) {
        Reading reading = newest;
        if (reading == null) {
            return new Supply.Unknown(
                    fault == null,
                    fault == null
                            ? "the charge controller has not answered yet"
                            : "no reading yet: " + fault.message());
        }
        Duration age = Duration.between(reading.at(), now);
        if (age.compareTo(setup.staleAfter()) > 0 || age.isNegative()) {
            String why = fault == null ? "" : ": " + fault.message();
            return new Supply.Unknown(false, "the newest reading is " + Math.abs(age.toMinutes()) + " min old" + why);
        }
        double usable = setup.battery().usableShare(celsius(reading))
                * soc.capacityAh()
                / setup.battery().capacityAh();
        Reading judged = judged(reading);
        boolean full = judged.stage() == ChargeStage.ABSORPTION || judged.stage() == ChargeStage.FLOAT;
        return new Supply.Known(
                soc.estimateAt(now),
                setup.battery().capacityWh() * usable,
                setup.reserve(),
                sunUp(now),
                full && pvW(reading).orElse(0.0) > setup.idleW(),
                night.sunrise(now).orElse(null));
    }

    public boolean sunUp(Instant now) {
        return sun.at(now).elevationDeg() > 0;
    }

    private static double celsius(Reading reading) {
        return reading.batteryC().isGood() ? reading.batteryC().number() : Double.NaN;
    }

    private static Optional<Double> pvW(Reading reading) {
        return reading.pvW().isGood() ? Optional.of(reading.pvW().number()) : Optional.empty();
    }

    /** What the sun is expected to give from now on. */
    public SunOutlook outlook(Instant now) {
        return days.outlook(now);
    }

    /**
     * Somebody's forecast of a day.
     *
     * @return why it is of no use, if so
     */
    public Optional<String> told(ToldForecast forecast, Instant now) {
        return Optional.ofNullable(days.told(forecast, now));
    }

    /** The nights at this place. */
    public NightAhead night() {
        return night;
    }

    public ClearSkyMeter sky() {
        return sky;
    }

    public Optional<Reading> newest() {
        return Optional.ofNullable(newest);
    }

    /** Empty until something has been read in this process; the older the reading, the wider its error. */
    public Optional<SocEstimate> estimate(Instant now) {
        return newest().map(reading -> soc.estimateAt(now));
    }

    /** What is believed of battery and panel, and why. */
    public Belief belief(Instant now) {
        return Belief.of(setup.battery(), soc, newest(), assumedW, now).andOf(sky);
    }

    public Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    public Totals totals() {
        return totals;
    }

    public List<Point> chart() {
        return List.copyOf(chart);
    }
}

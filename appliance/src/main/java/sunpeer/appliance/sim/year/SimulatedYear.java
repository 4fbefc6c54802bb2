package sunpeer.appliance.sim.year;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import sunpeer.appliance.energy.EnergyMemory;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.Supply;
import sunpeer.appliance.schedule.Job;
import sunpeer.appliance.schedule.PricePolicy;
import sunpeer.appliance.schedule.Tier;
import sunpeer.appliance.schedule.WorkLadder;
import sunpeer.appliance.sim.EnergyTotals;
import sunpeer.appliance.sim.Sensor;
import sunpeer.appliance.sim.SolarSystem;

/**
 * Runs a node through days of sun and work: each six minutes the controller is read, the policy looks at battery and sky, and a
 * job runs or waits. In each hour there are ten jobs, offered from the best tier down, as {@link WorkLadder#TIERS} has them.
 *
 * <p>Deterministic; confined to one thread.
 */
public final class SimulatedYear {
    /** Charge in the battery when it is installed. */
    public static final double START_SOC = 0.9;

    public static final int JOBS_PER_HOUR = 10;
    static final double JOB_HOURS = 1.0 / JOBS_PER_HOUR;

    private static final Duration TICK = Duration.ofMinutes(60 / JOBS_PER_HOUR);
    /** Of the simulated panel and battery: under a given load the sun used is within a thousandth of that in steps of half a minute. */
    static final Duration STEP = Duration.ofMinutes(2);

    private static final int HOURS = 24;
    private static final Duration STALE = Duration.ofMinutes(30);
    /** Usual for a charge controller: two percent of gain, one step of its register. */
    private static final Sensor SENSOR = new Sensor(1.02, 0.01);

    private final Plant plant;
    private final SolarSystem system;
    private final EnergyMonitor monitor;
    private final PricePolicy policy;
    private final Map<Tier, Integer> demand = new EnumMap<>(Tier.class);
    private final Map<Tier, Job> jobs = new EnumMap<>(Tier.class);

    // of the whole run
    private final List<Day> days = new ArrayList<>();
    private double drawnW;
    private double squaredError;
    private long compared;

    // of this hour
    private final Map<Tier, Integer> left = new EnumMap<>(Tier.class);

    private SimulatedYear(Plant plant, Instant start, double startSoc, Duration step) {
        this.plant = plant;
        this.system = new SolarSystem(
                SolarSystem.Setup.usual(plant.panel(), plant.battery()), plant.sky(), start, startSoc, step);
        this.monitor = new EnergyMonitor(
                new EnergyMonitor.Setup(
                        plant.sky().place(),
                        plant.panel(),
                        plant.battery(),
                        plant.board().restingW(),
                        plant.reserve(),
                        false,
                        STALE),
                EnergyMemory.NONE);
        this.policy = new PricePolicy(ZoneOffset.UTC, plant.battery().chemistry(), plant.board());
        double jobWh = (plant.board().activeW() - plant.board().restingW()) * JOB_HOURS;
        Iterator<WorkLadder.Step> steps = WorkLadder.TIERS.steps().iterator();
        for (Tier tier : Tier.values()) {
            demand.put(tier, (int) Math.round(steps.next().share() * JOBS_PER_HOUR));
            jobs.put(tier, new Job("job", tier, JOB_HOURS, jobWh));
        }
    }

    /**
     * Runs whole solar days.
     *
     * @param goesOn asked after each day; false ends the run with it
     */
    public static Report run(Plant plant, LocalDate first, int days, Predicate<Day> goesOn) {
        return run(plant, first, days, START_SOC, STEP, goesOn);
    }

    /** @param step of the simulated panel and battery */
    static Report run(Plant plant, LocalDate first, int days, double startSoc, Duration step, Predicate<Day> goesOn) {
        SimulatedYear year = new SimulatedYear(plant, midnight(plant, first), startSoc, step);
        double storedAtStartWh = year.system.truth().energy().storedWh();
        for (int i = 0; i < days; i++) {
            Day day = year.day(first.plusDays(i));
            year.days.add(day);
            if (!goesOn.test(day)) {
                break;
            }
        }
        return new Report(
                plant,
                year.days,
                year.system.truth().energy(),
                storedAtStartWh,
                Math.sqrt(year.squaredError / Math.max(1, year.compared)));
    }

    private static Instant midnight(Plant plant, LocalDate day) {
        return day.atStartOfDay().toInstant(plant.sky().place().solarOffset());
    }

    /** What a job of a tier brings. */
    static double valueOf(Tier tier) {
        return tier.valuePerHour() * JOB_HOURS;
    }

    private Day day(LocalDate date) {
        Tally tally = new Tally(date, system.truth().energy());
        for (int hour = 0; hour < HOURS; hour++) {
            left.putAll(demand);
            for (int i = 0; i < JOBS_PER_HOUR; i++) {
                tick(tally);
            }
            tally.missed += left.getOrDefault(Tier.ESSENTIAL, 0);
        }
        return tally.day(system.truth().energy());
    }

    private void tick(Tally tally) {
        Instant now = system.now();
        boolean powered = system.truth().loadPowered();
        Optional<Tier> chosen = powered ? choose(now, tally) : Optional.empty();
        double restingW = plant.board().restingW();
        drawnW = chosen.isPresent() ? plant.board().activeW() : restingW;
        system.advance(now.plus(TICK), drawnW);
        SolarSystem.Truth truth = system.truth();
        boolean worked = powered && truth.loadPowered();
        if (chosen.isPresent() && worked) {
            tally.done(chosen.get());
            left.merge(chosen.get(), -1, Integer::sum);
        }
        tally.passed(
                truth.soc(),
                truth.soc() < plant.reserve(),
                !worked,
                chosen.isEmpty() && plant.board().sleeps());
    }

    private Optional<Tier> choose(Instant now, Tally tally) {
        monitor.observe(SENSOR.read(now, system.values()), drawnW);
        monitor.estimate(now).ifPresent(estimate -> {
            double error = estimate.fraction() - system.truth().soc();
            squaredError += error * error;
            compared++;
        });
        Supply supply = monitor.supply(now);
        policy.look(now, supply, monitor.outlook(now));
        policy.pricePerWh().ifPresent(tally::priced);
        // What is offered after the first is worth less: when that waits, all wait.
        return jobs.values().stream()
                .filter(job -> left.getOrDefault(job.tier(), 0) > 0)
                .findFirst()
                .filter(job -> policy.admits(supply, job))
                .map(Job::tier);
    }

    /** Sums of a day. */
    private static final class Tally {
        private final LocalDate date;
        private final EnergyTotals before;
        private final Map<Tier, Integer> done = new EnumMap<>(Tier.class);
        private int missed;
        private double lowest = 1;
        private double highest;
        private int dark;
        private int belowReserve;
        private int asleep;
        private double prices;
        private int priced;

        Tally(LocalDate date, EnergyTotals before) {
            this.date = date;
            this.before = before;
        }

        void done(Tier tier) {
            done.merge(tier, 1, Integer::sum);
        }

        void priced(double perWh) {
            prices += perWh;
            priced++;
        }

        void passed(double soc, boolean low, boolean unpowered, boolean sleeping) {
            lowest = Math.min(lowest, soc);
            highest = Math.max(highest, soc);
            belowReserve += low ? 1 : 0;
            dark += unpowered ? 1 : 0;
            asleep += sleeping && !unpowered ? 1 : 0;
        }

        Day day(EnergyTotals now) {
            double value = 0;
            for (Tier tier : Tier.values()) {
                value += done.getOrDefault(tier, 0) * valueOf(tier);
            }
            return new Day(
                    date,
                    lowest,
                    highest,
                    now.pvWh() - before.pvWh(),
                    now.curtailedWh() - before.curtailedWh(),
                    now.loadWh() - before.loadWh(),
                    done.getOrDefault(Tier.ESSENTIAL, 0),
                    done.getOrDefault(Tier.STANDARD, 0),
                    done.getOrDefault(Tier.BACKFILL, 0),
                    missed,
                    value,
                    dark * JOB_HOURS,
                    belowReserve * JOB_HOURS,
                    asleep * JOB_HOURS,
                    priced == 0 ? Double.NaN : prices / priced);
        }
    }
}

package sunpeer.appliance.sim.year;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
    private static final int HOURS = 24;
    private static final Duration STALE = Duration.ofMinutes(30);
    /** Usual for a charge controller: two percent of gain, one step of its register. */
    private static final Sensor SENSOR = new Sensor(1.02, 0.01);

    private final Plant plant;
    private final SolarSystem system;
    private final EnergyMonitor monitor;
    private final PricePolicy policy;
    private final Tier[] tiers = Tier.values();
    private final int[] demand = new int[tiers.length];
    private final Job[] jobs = new Job[tiers.length];

    // of the whole run
    private final List<Day> days = new ArrayList<>();
    private double drawnW;
    private double squaredError;
    private long compared;

    // of this hour
    private final int[] left = new int[tiers.length];

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
        for (Tier tier : tiers) {
            double share = WorkLadder.TIERS.steps().get(tier.ordinal()).share();
            demand[tier.ordinal()] = (int) Math.round(share * JOBS_PER_HOUR);
            jobs[tier.ordinal()] = new Job("job", tier, JOB_HOURS, jobWh);
        }
    }

    /**
     * Runs whole solar days.
     *
     * @param start any moment; the first day begins with the next solar midnight
     * @param goesOn asked after each day; false ends the run with it
     */
    public static Report run(Plant plant, Instant start, int days, Predicate<Day> goesOn) {
        return run(plant, start, days, START_SOC, TICK, goesOn);
    }

    /** @param step of the simulated panel and battery */
    static Report run(Plant plant, Instant start, int days, double startSoc, Duration step, Predicate<Day> goesOn) {
        LocalDate first = firstDay(plant, start);
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

    private static LocalDate firstDay(Plant plant, Instant start) {
        LocalDate day = start.atOffset(plant.sky().place().solarOffset()).toLocalDate();
        return midnight(plant, day).isBefore(start) ? day.plusDays(1) : day;
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
            System.arraycopy(demand, 0, left, 0, left.length);
            for (int i = 0; i < JOBS_PER_HOUR; i++) {
                tick(tally);
            }
            tally.missed += left[Tier.ESSENTIAL.ordinal()];
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
            left[chosen.get().ordinal()]--;
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
        for (Tier tier : tiers) {
            if (left[tier.ordinal()] > 0) {
                // What is offered next is worth less: when it waits, all wait.
                return policy.admits(supply, jobs[tier.ordinal()]) ? Optional.of(tier) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Sums of a day. */
    private static final class Tally {
        private final LocalDate date;
        private final EnergyTotals before;
        private final int[] done = new int[Tier.values().length];
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
            done[tier.ordinal()]++;
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
                value += done[tier.ordinal()] * valueOf(tier);
            }
            return new Day(
                    date,
                    lowest,
                    highest,
                    now.pvWh() - before.pvWh(),
                    now.curtailedWh() - before.curtailedWh(),
                    now.loadWh() - before.loadWh(),
                    done[Tier.ESSENTIAL.ordinal()],
                    done[Tier.STANDARD.ordinal()],
                    done[Tier.BACKFILL.ordinal()],
                    missed,
                    value,
                    dark * JOB_HOURS,
                    belowReserve * JOB_HOURS,
                    asleep * JOB_HOURS,
                    priced == 0 ? Double.NaN : prices / priced);
        }
    }
}

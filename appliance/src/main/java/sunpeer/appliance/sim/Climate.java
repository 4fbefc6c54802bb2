package sunpeer.appliance.sim;

import java.time.Instant;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.Sun;
import sunpeer.appliance.energy.SunPosition;

/**
 * Weather over a region, one field of clouds drifting with the wind. What passes over a place upwind passes over the next
 * one later, and a little changed: so the past of a neighbour tells of one's own future.
 *
 * <p>Immutable and thread-safe: the index of a site at a moment is a pure function of seed, weather, place and time, in any
 * order of calls. Days follow each other as a first-order autoregression with the mean, deviation and lag of the
 * {@link Weather}; within the day clouds of hours and of minutes pass.
 */
public final class Climate {
    /** Darkest and brightest daily index of any climate. */
    private static final double LOW = 0.03;

    private static final double HIGH = 1.06;
    private static final double KM_PER_DEGREE = 111.2;
    private static final double SECONDS_PER_DAY = 86_400;
    /** Weather systems across the wind are this wide; along it the wind and the days give their length. */
    private static final double SYSTEM_KM = 600;

    private static final double BIG_CLOUD_DAYS = 2.5 / 24;
    private static final double BIG_CLOUD_KM = 80;
    private static final double SMALL_CLOUD_DAYS = 0.5 / 24;
    private static final double SMALL_CLOUD_KM = 15;
    /** Clouds that form and dissolve at the place itself; no neighbour knows of them. */
    private static final double LOCAL_CLOUD_DAYS = 0.2 / 24;

    /** How long one day's weather takes to give way to the next, and how far from midnight that may be. */
    private static final double CHANGE_DAYS = 0.3;

    private static final double CHANGE_JITTER_DAYS = 0.12;
    /** Past days that weigh less than this have no part in today. */
    private static final double FORGOTTEN = 0.01;

    private final long seed;
    private final Weather weather;
    private final Place origin;
    private final double lag;
    private final double[] memory;
    private final ClearnessLaw law;

    /** @param origin where distances are measured from; a few hundred kilometres around it are one region */
    public Climate(long seed, Weather weather, Place origin) {
        this.seed = Noise.hash(seed, 0, 0);
        this.weather = weather;
        this.origin = origin;
        // Bending normal numbers into the law, and the hours of change, cost some correlation; as measured over many
        // years.
        this.lag = weather.lag1() * (1.25 - 0.25 * weather.lag1());
        this.memory = memory(lag);
        this.law = new ClearnessLaw(LOW, HIGH, weather.mean(), weather.sd());
    }

    public Weather weather() {
        return weather;
    }

    public Site site(Place place) {
        return new Site(place);
    }

    private static double[] memory(double lag) {
        int days = lag < FORGOTTEN ? 1 : 1 + (int) Math.ceil(Math.log(FORGOTTEN) / Math.log(lag));
        double[] weights = new double[days];
        double squares = 0;
        double weight = 1;
        for (int i = 0; i < days; i++) {
            weights[i] = weight;
            squares += weight * weight;
            weight *= lag;
        }
        for (int i = 0; i < days; i++) {
            weights[i] /= Math.sqrt(squares);
        }
        return weights;
    }

    private double day(long day, long row) {
        double sum = 0;
        for (int i = 0; i < memory.length; i++) {
            sum += memory[i] * Noise.gaussian(seed, day - i, row);
        }
        return sum;
    }

    /**
     * Normal with mean 0 and deviation 1 at every point, not only on the lattice. Its days are centred on noon at the origin
     * and give way to each other within some hours of the night, so that they keep the lag of the weather.
     */
    private double system(double days, double rows) {
        double noons = days + origin.longitudeDeg() / 360 - 0.5;
        long day = (long) Math.floor(noons);
        long row = (long) Math.floor(rows);
        double change = 0.5 + CHANGE_JITTER_DAYS * Noise.uniform(seed + 3, day, 0);
        double u = Math.clamp((noons - day - change) / CHANGE_DAYS + 0.5, 0, 1);
        double v = rows - row;
        double near = (1 - u) * day(day, row) + u * day(day + 1, row);
        double far = (1 - u) * day(day, row + 1) + u * day(day + 1, row + 1);
        double alongVariance = (1 - u) * (1 - u) + u * u + 2 * u * (1 - u) * lag;
        double acrossVariance = (1 - v) * (1 - v) + v * v;
        return ((1 - v) * near + v * far) / Math.sqrt(alongVariance * acrossVariance);
    }

    /** The weather over one place. Immutable and thread-safe. */
    public final class Site implements Sky {
        private final Place place;
        private final Sun sun;
        private final double delayDays;
        private final double acrossKm;
        private final long localSeed;

        private Site(Place place) {
            this.place = place;
            this.sun = new Sun(place);
            double northKm = (place.latitudeDeg() - origin.latitudeDeg()) * KM_PER_DEGREE;
            double eastKm = (place.longitudeDeg() - origin.longitudeDeg())
                    * KM_PER_DEGREE
                    * Math.cos(Math.toRadians(origin.latitudeDeg()));
            double towards = Math.toRadians(weather.windFromDeg() + 180);
            double alongKm = northKm * Math.cos(towards) + eastKm * Math.sin(towards);
            this.acrossKm = northKm * -Math.sin(towards) + eastKm * Math.cos(towards);
            this.delayDays = alongKm * 1000 / weather.windMps() / SECONDS_PER_DAY;
            this.localSeed = Noise.hash(
                    seed, Double.doubleToLongBits(place.latitudeDeg()), Double.doubleToLongBits(place.longitudeDeg()));
        }

        @Override
        public Place place() {
            return place;
        }

        /** How much later than at the origin the weather arrives, s; negative upwind. */
        public double delayS() {
            return delayDays * SECONDS_PER_DAY;
        }

        /** Clear-sky index, about 0 to 1.06. */
        public double clearSkyIndex(Instant at) {
            double now = days(at);
            double then = now - delayDays;
            double base = law.at(system(then, acrossKm / SYSTEM_KM));
            double clouds = 0.5 * Noise.smooth(seed + 1, then / BIG_CLOUD_DAYS, acrossKm / BIG_CLOUD_KM)
                    + 0.35 * Noise.smooth(seed + 2, then / SMALL_CLOUD_DAYS, acrossKm / SMALL_CLOUD_KM)
                    + 0.15 * Noise.smooth(localSeed, now / LOCAL_CLOUD_DAYS, 0);
            // Overcast and clear skies are even, broken ones are not; and the mean of the day stays what it was.
            return base + clouds * Math.min(base - LOW, HIGH - base);
        }

        @Override
        public double poaWm2(Instant at, Panel panel) {
            SunPosition position = sun.at(at);
            double clearWm2 = position.clearSkyGhiWm2();
            return clearWm2 <= 0 ? 0 : position.poaWm2(clearWm2 * clearSkyIndex(at), panel);
        }

        /** Air temperature by season and hour, a little milder under clouds. */
        @Override
        public double airC(Instant at) {
            double solarDays = days(at) + place.longitudeDeg() / 360;
            double year = (solarDays / 365.25 - 0.553) * 2 * Math.PI;
            double season = Math.cos(year) * (place.latitudeDeg() >= 0 ? 1 : -1);
            double afternoon = Math.cos((solarDays - Math.floor(solarDays) - 15.0 / 24) * 2 * Math.PI);
            double clearness = law.at(system(days(at) - delayDays, acrossKm / SYSTEM_KM));
            return weather.airMeanC()
                    + season * weather.airSeasonC()
                    + afternoon * weather.airDayC() * (0.4 + 0.6 * clearness);
        }

        private static double days(Instant at) {
            return (at.getEpochSecond() + at.getNano() / 1e9) / SECONDS_PER_DAY;
        }
    }
}

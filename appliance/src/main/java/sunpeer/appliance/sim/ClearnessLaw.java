package sunpeer.appliance.sim;

/**
 * Turns a normal number into a clear-sky index that has a beta distribution of a given mean and deviation: in cloudy places
 * most days are dull or bright and few are half, in sunny ones most are bright. Immutable.
 */
final class ClearnessLaw {
    private static final double Z_MAX = 3.5;
    private static final int STEPS_PER_SIGMA = 32;
    private static final int ANGLES = 2000;

    private final double[] table;

    ClearnessLaw(double low, double high, double mean, double sd) {
        double m = (mean - low) / (high - low);
        double variance = sd * sd / (high - low) / (high - low);
        double k = m * (1 - m) / variance - 1;
        if (!(k > 0)) {
            throw new IllegalArgumentException("a mean of " + mean + " has no room for a deviation of " + sd);
        }
        table = table(low, high, cumulated(m * k, (1 - m) * k));
    }

    double at(double z) {
        double where = Math.clamp((z + Z_MAX) * STEPS_PER_SIGMA, 0, table.length - 1.001);
        int i = (int) where;
        return table[i] + (table[i + 1] - table[i]) * (where - i);
    }

    /** Beta distribution over the angle whose squared sine is the variable: no pole at either end. */
    private static double[] cumulated(double alpha, double beta) {
        double[] sums = new double[ANGLES + 1];
        for (int i = 0; i < ANGLES; i++) {
            double angle = (i + 0.5) / ANGLES * Math.PI / 2;
            double weight = Math.pow(Math.sin(angle), 2 * alpha - 1) * Math.pow(Math.cos(angle), 2 * beta - 1);
            sums[i + 1] = sums[i] + weight;
        }
        for (int i = 1; i <= ANGLES; i++) {
            sums[i] /= sums[ANGLES];
        }
        return sums;
    }

    private static double[] table(double low, double high, double[] cumulated) {
        int size = (int) (2 * Z_MAX * STEPS_PER_SIGMA) + 1;
        double[] normal = new double[size];
        for (int i = 1; i < size; i++) {
            double z = -Z_MAX + (i - 0.5) / STEPS_PER_SIGMA;
            normal[i] = normal[i - 1] + Math.exp(-z * z / 2);
        }
        double[] result = new double[size];
        int angle = 0;
        for (int i = 0; i < size; i++) {
            double share = normal[i] / normal[size - 1];
            while (angle < ANGLES - 1 && cumulated[angle + 1] < share) {
                angle++;
            }
            double width = cumulated[angle + 1] - cumulated[angle];
            double within = width <= 0 ? 0 : Math.clamp((share - cumulated[angle]) / width, 0, 1);
            double sine = Math.sin((angle + within) / ANGLES * Math.PI / 2);
            result[i] = low + (high - low) * sine * sine;
        }
        return result;
    }
}

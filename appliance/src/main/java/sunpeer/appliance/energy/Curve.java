package sunpeer.appliance.energy;

/**
 * A rising piecewise linear function given by its corners, flat beyond the ends. Immutable.
 *
 * <p>Serves open-circuit voltage over state of charge, there and back.
 */
public final class Curve {
    private final double[] x;
    private final double[] y;

    private Curve(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    /** @param corners x and y in turn, both strictly rising */
    public static Curve of(double... corners) {
        if (corners.length < 4 || corners.length % 2 != 0) {
            throw new IllegalArgumentException("a curve needs two corners or more");
        }
        double[] x = new double[corners.length / 2];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = corners[2 * i];
            y[i] = corners[2 * i + 1];
            if (i > 0 && !(x[i] > x[i - 1] && y[i] > y[i - 1])) {
                throw new IllegalArgumentException("a curve must rise; it does not at corner " + i);
            }
        }
        return new Curve(x, y);
    }

    public double at(double where) {
        return interpolate(x, y, where);
    }

    public double inverse(double value) {
        return interpolate(y, x, value);
    }

    /** Area under the curve from its first corner to {@code to}, which must lie within the corners. */
    public double integral(double to) {
        double area = 0;
        for (int i = 1; i < x.length && x[i - 1] < to; i++) {
            double end = Math.min(to, x[i]);
            area += (end - x[i - 1]) * (y[i - 1] + at(end)) / 2;
        }
        return area;
    }

    private static double interpolate(double[] from, double[] to, double where) {
        int last = from.length - 1;
        if (where <= from[0]) {
            return to[0];
        }
        if (where >= from[last]) {
            return to[last];
        }
        int i = 1;
        while (from[i] < where) {
            i++;
        }
        double share = (where - from[i - 1]) / (from[i] - from[i - 1]);
        return to[i - 1] + share * (to[i] - to[i - 1]);
    }
}

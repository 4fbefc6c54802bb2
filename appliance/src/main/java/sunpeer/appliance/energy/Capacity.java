package sunpeer.appliance.energy;

import sunpeer.appliance.energy.SocEstimate.Basis;

/**
 * What the battery really holds: the label at first, then what was counted between nearly empty and full, in either
 * direction. Confined to one thread.
 */
final class Capacity {
    /** Beyond it from the label, people are told: new ones hold up to a tenth more, aged ones down to a fifth less. */
    static final double TOLERANCE = 0.25;
    /** Of a label. */
    private static final double LABEL_SIGMA = 0.10;
    /** Better it is never known: it depends on rate and age. */
    private static final double BEST_SIGMA = 0.02;
    /** A worse measurement is none. */
    private static final double WORST_SIGMA = 0.25;

    private static final double MIN_SPAN = 0.5;
    /** So many standard errors apart are not two measurements of the same battery. */
    private static final double CONTRADICTION = 3;
    /** Share of the label outside of which the measurement is wrong, not the battery. */
    private static final double LEAST = 0.1;

    private static final double MOST = 1.6;

    private final BatterySpec battery;

    // For the life of the battery; see CapacityState for the meaning of each.
    private double ah;
    private double sigma = LABEL_SIGMA;
    private int learned;
    private double movedAh;
    private Basis from = Basis.UNKNOWN;
    private double fromFraction;
    private double fromSigma;
    private double netAh;
    private double throughputAh;
    private double hours;

    Capacity(BatterySpec battery) {
        this.battery = battery;
        this.ah = battery.capacityAh();
    }

    Capacity(BatterySpec battery, CapacityState state) {
        this(battery);
        if (state.labelAh() != battery.capacityAh()) {
            return;
        }
        ah = state.ah();
        sigma = state.sigma();
        learned = state.learned();
        movedAh = state.movedAh();
        from = state.from();
        fromFraction = state.fromFraction();
        fromSigma = state.fromSigma();
        netAh = state.netAh();
        throughputAh = state.throughputAh();
        hours = state.hours();
    }

    CapacityState state() {
        return new CapacityState(
                battery.capacityAh(),
                ah,
                sigma,
                learned,
                movedAh,
                from,
                fromFraction,
                fromSigma,
                netAh,
                throughputAh,
                hours);
    }

    double ah() {
        return ah;
    }

    double sigma() {
        return sigma;
    }

    void count(double storedAh, double dtHours) {
        netAh += storedAh;
        throughputAh += Math.abs(storedAh);
        hours += dtHours;
    }

    /** Charge went unseen. */
    void interrupt() {
        from = Basis.UNKNOWN;
    }

    /**
     * The battery is seen full or nearly empty.
     *
     * @param fraction of the charge of the warm battery
     * @param offsetA how far the counted current may be off all the time
     */
    void anchor(Basis basis, double fraction, double fractionSigma, double offsetA) {
        if (from != Basis.UNKNOWN && from != basis) {
            measure(fraction, fractionSigma, offsetA);
        }
        from = basis;
        fromFraction = fraction;
        fromSigma = fractionSigma;
        netAh = 0;
        throughputAh = 0;
        hours = 0;
    }

    private void measure(double fraction, double fractionSigma, double offsetA) {
        double span = fraction - fromFraction;
        double measuredAh = netAh / span;
        boolean plausible = measuredAh > LEAST * battery.capacityAh() && measuredAh < MOST * battery.capacityAh();
        if (Math.abs(span) < MIN_SPAN || !plausible) {
            return;
        }
        double anchors = Math.hypot(fractionSigma, fromSigma);
        double counted = Math.hypot(battery.countSigma() * throughputAh, offsetA * hours) / measuredAh;
        double measuredSigma = Math.max(BEST_SIGMA, Math.hypot(anchors, counted) / Math.abs(span));
        if (measuredSigma > WORST_SIGMA) {
            return;
        }
        double apart = Math.abs(measuredAh - ah) / Math.hypot(measuredSigma * measuredAh, sigma * ah);
        if (apart > CONTRADICTION) {
            ah = measuredAh;
            sigma = measuredSigma;
        } else {
            double gain = sigma * sigma / (sigma * sigma + measuredSigma * measuredSigma);
            ah += gain * (measuredAh - ah);
            sigma = Math.max(BEST_SIGMA, measuredSigma * Math.sqrt(gain));
        }
        learned++;
        movedAh = netAh;
    }
}

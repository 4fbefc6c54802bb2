package sunpeer.appliance.energy;

import java.util.List;

/**
 * Everything a {@link ClearSkyMeter} remembers; what the store keeps over a restart. Immutable.
 *
 * @param bins in rising order of time
 */
public record ClearSkyState(List<Bin> bins) {
    public ClearSkyState {
        bins = List.copyOf(bins);
    }

    /**
     * A quarter of an hour of sun.
     *
     * @param startEpochS a multiple of {@link ClearSkyMeter#BIN_S}
     * @param meanPvW mean of the samples in which the controller took all the panel gave
     * @param samples how many those were
     * @param curtailed how many were not, or nobody can tell
     */
    public record Bin(long startEpochS, double meanPvW, int samples, int curtailed) {
        public Bin {
            if (!(meanPvW >= 0 && meanPvW < 1e7) || samples < 0 || curtailed < 0) {
                throw new IllegalArgumentException("not a bin: " + meanPvW + " W at " + startEpochS);
            }
        }

        Bin with(double pvW) {
            return new Bin(startEpochS, meanPvW + (pvW - meanPvW) / (samples + 1), samples + 1, curtailed);
        }

        Bin withCurtailed() {
            return new Bin(startEpochS, meanPvW, samples, curtailed + 1);
        }

        /** Whether it tells the sky rather than the charger: a lid on the power would look like a cloud. */
        boolean tellsTheSky() {
            return samples > 0 && samples >= curtailed;
        }
    }
}

package sunpeer.inference.training;

import java.util.List;

/** What training makes small, averaged over rows. */
public sealed interface Loss {
    /** Outputs the model has under this loss. */
    int outputs();

    /** Half the squared error; one output, the conditional mean. */
    record SquaredError() implements Loss {
        @Override
        public int outputs() {
            return 1;
        }
    }

    /**
     * The pinball loss, averaged over levels; one output per level, each a conditional quantile. Nothing stops
     * neighbouring quantiles from crossing now and then: sort them where it matters.
     *
     * @param levels each inside (0, 1)
     */
    record Pinball(List<Double> levels) implements Loss {
        public Pinball {
            levels = List.copyOf(levels);
            if (levels.isEmpty() || levels.stream().anyMatch(level -> !(level > 0 && level < 1))) {
                throw new IllegalArgumentException("quantile levels " + levels);
            }
        }

        @Override
        public int outputs() {
            return levels.size();
        }
    }
}

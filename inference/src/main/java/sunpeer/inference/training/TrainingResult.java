package sunpeer.inference.training;

/** What training gave. */
public sealed interface TrainingResult {
    /**
     * Losses are means in the unit of the target (squared for the squared error).
     *
     * @param model as it was in its best epoch
     * @param trainLoss of the model on the rows it was trained on
     * @param holdoutLoss of the model on the newest rows, which it has not seen
     * @param climatologyLoss of the best constant of the training rows on the same newest rows: what to beat
     * @param epochs passes that were run
     * @param bestEpoch the pass the model is from, 0 if no pass improved the initial weights
     * @param trainRows rows trained on; the rest is the hold-out
     */
    record Trained(
            Mlp model,
            double trainLoss,
            double holdoutLoss,
            double climatologyLoss,
            int epochs,
            int bestEpoch,
            int trainRows)
            implements TrainingResult {
        /** 1 is perfect, 0 no better than climatology, below 0 worse. */
        public double skill() {
            return climatologyLoss > 0 ? 1 - holdoutLoss / climatologyLoss : 0;
        }
    }

    /** The data cannot be learned from. */
    record Refused(String reason) implements TrainingResult {}
}

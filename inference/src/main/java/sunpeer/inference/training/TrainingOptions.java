package sunpeer.inference.training;

import java.util.List;

/**
 * How to train. All sizes are bounded, so training on a node takes bounded energy.
 *
 * @param hidden widths of the hidden ReLU layers, one or two of 1 to {@link #WIDTH_MAX}
 * @param loss what to make small
 * @param epochsMax passes over the training part at most
 * @param patience epochs without a better hold-out loss before training stops
 * @param batchRows rows per step of Adam
 * @param learningRate of the first epoch; falls linearly to a tenth
 * @param weightDecay share of a weight lost per step and learning rate; holds small data sets in check
 * @param holdoutShare the newest share of the rows is never trained on and decides when to stop, 0.05 to 0.5
 * @param seed of initial weights and row order
 */
public record TrainingOptions(
        List<Integer> hidden,
        Loss loss,
        int epochsMax,
        int patience,
        int batchRows,
        float learningRate,
        float weightDecay,
        double holdoutShare,
        long seed) {
    public static final int WIDTH_MAX = 256;
    public static final int EPOCHS_MAX = 10_000;

    public TrainingOptions {
        hidden = List.copyOf(hidden);
        boolean widths = hidden.stream().allMatch(width -> width >= 1 && width <= WIDTH_MAX);
        if (hidden.isEmpty() || hidden.size() > 2 || !widths) {
            throw new IllegalArgumentException("hidden layers " + hidden);
        }
        if (epochsMax < 1 || epochsMax > EPOCHS_MAX || patience < 1 || batchRows < 1) {
            throw new IllegalArgumentException(
                    "epochs " + epochsMax + ", patience " + patience + ", batch " + batchRows);
        }
        if (!(learningRate > 0 && learningRate < 1) || !(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("learning rate " + learningRate + ", weight decay " + weightDecay);
        }
        if (!(holdoutShare >= 0.05 && holdoutShare <= 0.5)) {
            throw new IllegalArgumentException("hold-out share " + holdoutShare);
        }
    }

    /** One hidden layer of 16, at most 60 epochs, a fifth held out. */
    public static TrainingOptions of(Loss loss, long seed) {
        return new TrainingOptions(List.of(16), loss, 60, 10, 16, 0.01f, 1e-3f, 0.2, seed);
    }

    public TrainingOptions withHidden(Integer... widths) {
        return new TrainingOptions(
                List.of(widths), loss, epochsMax, patience, batchRows, learningRate, weightDecay, holdoutShare, seed);
    }

    public TrainingOptions withEpochs(int max, int newPatience) {
        return new TrainingOptions(
                hidden, loss, max, newPatience, batchRows, learningRate, weightDecay, holdoutShare, seed);
    }

    public TrainingOptions withHoldout(double share) {
        return new TrainingOptions(
                hidden, loss, epochsMax, patience, batchRows, learningRate, weightDecay, share, seed);
    }
}

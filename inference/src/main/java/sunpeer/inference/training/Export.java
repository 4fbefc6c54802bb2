package sunpeer.inference.training;

import sunpeer.inference.Model;

/** What quantising a float network gave. */
public sealed interface Export {
    /**
     * Errors are int8 against float over the calibration rows, in the unit of the target.
     *
     * @param model validated, ready to run or to send
     * @param maxError the largest absolute difference of any output
     * @param meanError the mean absolute difference of all outputs
     * @param coarsestFeatureSteps int8 steps the least resolved feature spans: all features share one scale, so a
     *     feature of small range beside one of large range is seen coarsely. Below some 20, rescale the features
     */
    record Exported(Model model, double maxError, double meanError, int coarsestFeatureSteps) implements Export {}

    /** The network has no faithful int8 form. */
    record Refused(String reason) implements Export {}
}

package sunpeer.appliance.market;

import java.util.List;
import java.util.Map;

/**
 * What the sunshine subnet keeps over a restart. Immutable.
 *
 * @param questions asked so far, oldest first
 * @param skill moving average of each answering peer's skill at the own site, by uid
 * @param blend how far the present model is trusted
 * @param widen what the last calibration adds to both ends of the forecasts, as a clear-sky index
 * @param trainedTo newest window that the present model learned from, -1 without one
 * @param unrevealed committed forecasts that may still have to be revealed
 */
public record SunshineMemory(
        List<Question> questions,
        Map<Integer, Double> skill,
        Blend blend,
        double widen,
        long trainedTo,
        List<Payload.Reveal> unrevealed) {
    public static final SunshineMemory NONE =
            new SunshineMemory(List.of(), Map.of(), Blend.MODEL_ONLY, 0, -1, List.of());

    public SunshineMemory {
        questions = List.copyOf(questions);
        skill = Map.copyOf(skill);
        unrevealed = List.copyOf(unrevealed);
    }
}

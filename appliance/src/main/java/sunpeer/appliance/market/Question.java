package sunpeer.appliance.market;

import java.util.List;

/**
 * What a peer knew about one site when it was asked for a window, as the input of its model. Immutable.
 *
 * @param window the epoch that the forecast is about
 * @param uid whose site
 * @param features see {@link Sunshine} for their order and range
 * @param truth what came, in hundredths of the clear-sky index; -1 until its owner has published it
 */
public record Question(long window, int uid, List<Float> features, int truth) {
    public Question {
        features = List.copyOf(features);
    }

    Question answered(int measured) {
        return new Question(window, uid, features, measured);
    }

    public boolean isAnswered() {
        return truth >= 0;
    }

    /** The features as a model takes them. */
    public float[] row() {
        float[] row = new float[features.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = features.get(i);
        }
        return row;
    }
}

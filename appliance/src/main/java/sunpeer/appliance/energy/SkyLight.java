package sunpeer.appliance.energy;

/**
 * The light of one sky by where it comes from, after Hay and Davies. Immutable.
 *
 * @param directWm2 from the sun and its surroundings, on a plane that faces it
 * @param skyWm2 from the rest of the sky, on the horizontal
 * @param groundWm2 thrown back by the ground
 */
record SkyLight(double directWm2, double skyWm2, double groundWm2) {
    static final SkyLight NONE = new SkyLight(0, 0, 0);

    /**
     * In the plane of a panel.
     *
     * @param cosIncidence between the sun and the panel's normal
     * @param directShare what a tree or a wall leaves of the direct light, 0 to 1
     */
    double poaWm2(double cosIncidence, double cosTilt, double directShare) {
        return directShare * directWm2 * Math.max(0, cosIncidence) + aroundWm2(cosTilt);
    }

    /** The same in full shade. */
    double aroundWm2(double cosTilt) {
        return skyWm2 * (1 + cosTilt) / 2 + groundWm2 * (1 - cosTilt) / 2;
    }
}

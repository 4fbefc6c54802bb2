package sunpeer.appliance.schedule;

/**
 * What the board draws from the battery, the losses of its converter included. Immutable.
 *
 * @param idleW with nothing to do
 * @param activeW at work
 * @param asleepW halted or suspended until its clock wakes it
 * @param sleeps whether it goes to sleep when the energy is short
 */
public record BoardDraw(double idleW, double activeW, double asleepW, boolean sleeps) {
    public BoardDraw {
        if (!(asleepW >= 0 && idleW > asleepW && activeW > idleW)) {
            throw new IllegalArgumentException(
                    "no such board: " + asleepW + " W asleep, " + idleW + " W idle, " + activeW + " W at work");
        }
    }

    public double restingW() {
        return sleeps ? asleepW : idleW;
    }

    /** The same board, allowed to sleep or not. */
    public BoardDraw sleeping(boolean allowed) {
        return new BoardDraw(idleW, activeW, asleepW, allowed);
    }
}

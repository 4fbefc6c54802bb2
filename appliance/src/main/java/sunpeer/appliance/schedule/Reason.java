package sunpeer.appliance.schedule;

import sunpeer.appliance.energy.Supply;

/**
 * Why something runs or waits. Log, page, MQTT and command line print this very text. Immutable.
 *
 * @param code one of a closed set, for machines
 * @param text one sentence without a full stop, for people
 */
public record Reason(Code code, String text) {
    /** Why nothing runs while the battery is unknown. */
    public static Reason of(Supply.Unknown unknown) {
        return new Reason(unknown.starting() ? Code.STARTING : Code.CONTROLLER_SILENT, unknown.why());
    }

    public enum Code {
        RUNNING("running"),
        IDLE("idle"),
        WAITING_FOR_SUN("waiting_for_sun"),
        BATTERY_LOW("battery_low"),
        CONTROLLER_SILENT("controller_silent"),
        /** Something rests, so that the battery lasts. */
        SAVING("saving"),
        /** The board itself does. */
        SLEEPING("sleeping"),
        NO_MODEL("no_model"),
        STARTING("starting");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        /** As it stands in JSON and in Home Assistant's list of states. */
        public String word() {
            return word;
        }
    }
}

package sunpeer.appliance.cli;

/** Lets {@code --json} choose the form of the log before the first line is written. */
final class LogForm {
    private LogForm() {}

    static void choose(boolean json) {
        if (json) {
            System.setProperty("sunpeer.log", "json");
        }
    }
}

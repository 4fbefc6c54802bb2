package sunpeer.appliance.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The terminal that a command runs in, if any. Immutable. */
record Terminal(boolean isThere, int rows, int columns, boolean colours) {
    private static final int ROWS = 24;
    private static final int COLUMNS = 80;

    static final Terminal NONE = new Terminal(false, ROWS, COLUMNS, false);

    /** The same for what is printed one after the other: it has as many rows as are needed. */
    Terminal scrolling() {
        return new Terminal(isThere, Integer.MAX_VALUE, columns, colours);
    }

    static Terminal here() {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return NONE;
        }
        boolean colours = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        String[] size = size().split(" ", -1);
        boolean known = size.length == 2 && size[0].matches("[1-9][0-9]{0,3}") && size[1].matches("[1-9][0-9]{0,3}");
        return known
                ? new Terminal(true, Integer.parseInt(size[0]), Integer.parseInt(size[1]), colours)
                : new Terminal(true, ROWS, COLUMNS, colours);
    }

    /** "24 80"; empty when nobody can say. */
    private static String size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return stty.waitFor(1, TimeUnit.SECONDS) ? size : "";
        } catch (IOException _) {
            return ""; // no stty: the usual size does
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}

package sunpeer.appliance.web;

import java.io.IOException;

/** The page's port could not be opened; the message names the port and says what to do. The node can go on without its page. */
public final class PortUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    PortUnavailableException(String message, IOException cause) {
        super(message, cause);
    }
}

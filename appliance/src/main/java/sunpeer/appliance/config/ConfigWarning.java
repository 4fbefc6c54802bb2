package sunpeer.appliance.config;

/** Something in a usable file that its owner may not have meant. Immutable; the parts are those of {@link ConfigError}. */
public record ConfigWarning(int line, String key, String reason) {
    public String text(String fileName) {
        return fileName + ":" + line + ": " + key + " " + reason;
    }
}

package sunpeer.appliance.config;

/**
 * One thing that keeps a file from being used, in words for its owner. Immutable.
 *
 * @param line counted from 1; 1 too if the file as a whole is meant
 * @param key {@code table.key} or {@code [table]}; empty if the file or a line without a key is meant
 * @param reason what is wrong and what to give instead; continues the sentence that the key begins
 * @param example the right form, as it may stand in the file
 */
public record ConfigError(int line, String key, String reason, String example) {
    public String text(String fileName) {
        String subject = key.isEmpty() ? reason : key + " " + reason;
        return fileName + ":" + line + ": " + subject + ", for example: " + example;
    }
}

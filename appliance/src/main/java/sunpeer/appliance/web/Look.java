package sunpeer.appliance.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Style and script of the page. They stand inside the page, so that one answer is all it needs, and the content security policy
 * names them by their hash: nothing that a stranger smuggles into a name could run. Immutable.
 *
 * @param version changes when style or script do, so that an open page knows it is an old one
 */
record Look(Html style, Html script, String policy, String version) {
    static final Look HOUSE = load();

    private static Look load() {
        String style = resource("page.css");
        String script = resource("page.js");
        String policy = "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new Look(
                new Html(style), new Html(script), policy, hash(style + script).substring(7, 19));
    }

    static String resource(String name) {
        try (InputStream in = Look.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

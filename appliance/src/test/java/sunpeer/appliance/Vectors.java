package sunpeer.appliance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Test vectors in JSON. A thinned selection lies beside the tests; all of them run when the system property
 * {@code sunpeer.facts} names the folder that holds {@code market/*.json}.
 */
public final class Vectors {
    private static final String FACTS = "sunpeer.facts";

    private Vectors() {}

    /** A file beside the test class. */
    public static JsonNode beside(Class<?> test, String name) {
        try (InputStream in = test.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " beside " + test);
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A complete file of the facts; the test is skipped if there is no folder of them. */
    public static JsonNode complete(String name) {
        String folder = System.getProperty(FACTS);
        Assumptions.assumeTrue(
                folder != null, "to run all vectors, give the folder that holds market/" + name + " as -D" + FACTS);
        Path file = Path.of(String.valueOf(folder), "market", name);
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static long[] longs(JsonNode array) {
        return array.valueStream().mapToLong(JsonNode::asLong).toArray();
    }

    public static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}

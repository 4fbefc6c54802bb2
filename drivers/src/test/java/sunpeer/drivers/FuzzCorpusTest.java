package sunpeer.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every input that the searches for broken parsers have kept, given to the same targets again. Jazzer would do so too, but
 * instruments the whole test JVM for it, which costs half a minute; here it takes a second. The searches themselves, five
 * minutes for each {@code *FuzzTest}: {@code ./mvnw verify -pl drivers -Pfuzz}.
 */
class FuzzCorpusTest {
    private static final int INPUTS_MAX = 5000;

    @TestFactory
    Stream<DynamicTest> inputs() throws Exception {
        return targets().stream()
                .map(target -> DynamicTest.dynamicTest(name(target), () -> {
                    Constructor<?> constructor = target.getDeclaringClass().getDeclaredConstructor();
                    constructor.setAccessible(true);
                    target.setAccessible(true);
                    List<Path> inputs = inputsOf(target);
                    assertThat(inputs).isNotEmpty();
                    for (Path input : inputs) {
                        try {
                            target.invoke(constructor.newInstance(), (Object) Files.readAllBytes(input));
                        } catch (ReflectiveOperationException failure) {
                            throw new AssertionError(input.getFileName() + " breaks " + name(target), failure);
                        }
                    }
                }));
    }

    @Test
    void everyTargetIsFound() throws Exception {
        assertThat(targets())
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(target -> assertThat(target.getParameterTypes()).containsExactly(byte[].class));
    }

    private static String name(Method target) {
        return target.getDeclaringClass().getSimpleName() + "#" + target.getName();
    }

    private static Path root() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(FuzzCorpusTest.class.getResource("/sunpeer/drivers"))
                .toURI());
    }

    private static List<Method> targets() throws Exception {
        Path root = root();
        try (Stream<Path> files = Files.walk(root)) {
            List<Method> targets = new ArrayList<>();
            for (Path file : files.filter(name -> name.toString().endsWith("FuzzTest.class"))
                    .sorted()
                    .toList()) {
                String type = "sunpeer.drivers."
                        + root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                Arrays.stream(Class.forName(type).getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                        .forEach(targets::add);
            }
            return targets;
        }
    }

    /** Where Jazzer looks for them. */
    private static List<Path> inputsOf(Method target) throws IOException, URISyntaxException {
        String type = target.getDeclaringClass().getName().substring("sunpeer.drivers.".length());
        Path folder = root().resolve(type.replace('.', '/') + "Inputs").resolve(target.getName());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().limit(INPUTS_MAX).toList();
        }
    }
}

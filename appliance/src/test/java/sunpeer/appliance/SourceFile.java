package sunpeer.appliance;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A source file of the project as the compiler's parser sees it. Immutable. */
record SourceFile(String path, boolean main, String text, CompilationUnitTree unit, SourcePositions positions) {
    private static final List<String> MODULES = List.of("drivers", "inference", "appliance");

    /** All sources of the three modules. */
    static List<SourceFile> all() {
        String moduleDir = System.getProperty("basedir", "");
        Path root = Path.of(moduleDir).toAbsolutePath().resolveSibling("");
        List<Path> found = new ArrayList<>();
        for (String module : MODULES) {
            for (String kind : List.of("main", "test")) {
                Path folder = root.resolve(module).resolve(Path.of("src", kind, "java"));
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .forEach(found::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return parse(root, found);
    }

    private static List<SourceFile> parse(Path root, List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<SourceFile> parsed = new ArrayList<>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                String relative = root.relativize(file).toString().replace('\\', '/');
                parsed.add(new SourceFile(
                        relative, relative.contains("/src/main/"), Files.readString(file), unit, positions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parsed;
    }

    String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    List<String> lines() {
        return text.lines().toList();
    }

    long lineOf(long position) {
        return unit.getLineMap().getLineNumber(position);
    }
}

package sunpeer.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads the sources of all three modules and holds them to the house style, so that nobody has to in a review. */
class TidyTest {
    private static final int METHOD_LINES_MAX = 60;
    private static final int FILE_LINES_MAX = 400;

    /** Broken up, else this line would name itself. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Manager|Helper|Utils?|Impl)");
    private static final Pattern WALL_CLOCK = Pattern.compile(
            "(.*\\.)?((Instant|LocalDate|LocalDateTime|LocalTime|ZonedDateTime|OffsetDateTime|Year)\\.now"
                    + "|System\\.currentTimeMillis|Math\\.random)");
    private static final Pattern CONSOLE = Pattern.compile("(.*\\.)?System\\.(out|err)");

    /** The log, programs that talk to their parent process that way, and suites that print a table for people. */
    private static final Set<String> MAY_PRINT = Set.of(
            "test/java/sunpeer/appliance/Program.java",
            "test/java/sunpeer/drivers/faults/DialectFaultsTest.java",
            "test/java/sunpeer/drivers/faults/FaultSuiteTest.java",
            "test/java/sunpeer/appliance/sync/LinkLoop.java",
            "sunpeer/appliance/log/LineWriter.java",
            "sunpeer/inference/worker/WorkerMain.java",
            "sunpeer/appliance/store/KeepLoop.java");

    private static final Set<String> MAY_COUNT_NANOS = Set.of(
            "sunpeer.drivers.transport",
            "sunpeer.drivers.probe",
            "sunpeer.drivers.simulator",
            "sunpeer.drivers.vedirect",
            "sunpeer.drivers.bench",
            "sunpeer.appliance.sim.bench",
            "sunpeer.drivers.bms",
            "sunpeer.drivers.polling",
            "sunpeer.appliance.service",
            "sunpeer.inference.worker");
    private static final Set<String> MUST_NOT_SLEEP = Set.of(
            "sunpeer.appliance.energy",
            "sunpeer.appliance.schedule",
            "sunpeer.appliance.market",
            "sunpeer.appliance.market.yuma",
            "sunpeer.appliance.ledger",
            "sunpeer.appliance.node",
            "sunpeer.appliance.gateway",
            "sunpeer.appliance.sim");

    private static List<SourceFile> sources = List.of();

    @BeforeAll
    static void readSources() {
        sources = SourceFile.all();
        assertThat(sources).as("sources found").hasSizeGreaterThan(200);
    }

    /** Walks one file and notes what breaks a rule. */
    private static class Finder extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final SourceFile file;
        private final List<String> found;

        Finder(SourceFile file, List<String> found) {
            this.file = file;
            this.found = found;
        }

        void report(Tree where, String reason) {
            long line = file.lineOf(file.positions().getStartPosition(file.unit(), where));
            found.add(file.path() + ":" + line + ": " + reason);
        }

        long lines(Tree tree) {
            long first = file.lineOf(file.positions().getStartPosition(file.unit(), tree));
            return file.lineOf(file.positions().getEndPosition(file.unit(), tree)) - first + 1;
        }
    }

    @FunctionalInterface
    private interface Rule {
        Finder in(SourceFile file, List<String> found);
    }

    private static void check(boolean mainOnly, Rule rule) {
        List<String> found = new ArrayList<>();
        sources.stream()
                .filter(file -> file.main() || !mainOnly)
                .forEach(file -> rule.in(file, found).scan(file.unit(), null));
        none(found);
    }

    private static void none(List<String> found) {
        assertThat(found).as(String.join("\n", found)).isEmpty();
    }

    @Test
    void methodsAreShort() {
        check(false, (file, found) -> new Finder(file, found) {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
                long lines = lines(method);
                if (lines > METHOD_LINES_MAX) {
                    report(method, method.getName() + " has " + lines + " lines, more than " + METHOD_LINES_MAX);
                }
                return super.visitMethod(method, null);
            }
        });
    }

    @Test
    void filesAreShort() {
        none(sources.stream()
                .filter(file -> file.lines().size() > FILE_LINES_MAX)
                .map(file -> file.path() + ":" + file.lines().size() + ": more than " + FILE_LINES_MAX + " lines")
                .toList());
    }

    @Test
    void nothingIsLeftForLater() {
        List<String> found = new ArrayList<>();
        for (SourceFile file : sources) {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (UNFINISHED.matcher(lines.get(i)).find()) {
                    found.add(file.path() + ":" + (i + 1) + ": unfinished: "
                            + lines.get(i).strip());
                }
            }
        }
        none(found);
    }

    @Test
    void onlyTheLogAndTheWorkerWriteToTheConsole() {
        check(false, (file, found) -> new Finder(file, found) {
            @Override
            public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void none) {
                boolean allowed = MAY_PRINT.stream().anyMatch(file.path()::endsWith);
                if (!allowed && CONSOLE.matcher(select.toString()).matches()) {
                    report(select, "writes to " + select);
                }
                return super.visitMemberSelect(select, null);
            }
        });
    }

    @Test
    void timeAndChanceComeFromOutside() {
        check(true, (file, found) -> new Finder(file, found) {
            @Override
            public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void none) {
                String text = select.toString();
                if (WALL_CLOCK.matcher(text).matches()) {
                    report(select, "asks " + text + " instead of being told");
                }
                if (text.endsWith("System.nanoTime") && !MAY_COUNT_NANOS.contains(file.packageName())) {
                    report(select, "measures time outside of the wires");
                }
                if (text.endsWith("Thread.sleep") && MUST_NOT_SLEEP.contains(file.packageName())) {
                    report(select, "sleeps in a core package");
                }
                return super.visitMemberSelect(select, null);
            }

            @Override
            public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
                String type = made.getIdentifier().toString();
                if (type.equals("Random") || type.equals("java.util.Random")) {
                    report(made, "makes its own randomness");
                }
                return super.visitNewClass(made, null);
            }
        });
    }

    @Test
    void noFailureIsSwallowed() {
        check(false, (file, found) -> new Finder(file, found) {
            @Override
            public @Nullable Void visitCatch(CatchTree caught, @Nullable Void none) {
                String type = caught.getParameter().getType().toString();
                if (Set.of("Exception", "Throwable", "RuntimeException").contains(type)
                        && caught.getBlock().getStatements().isEmpty()) {
                    report(caught, "swallows every " + type);
                }
                return super.visitCatch(caught, null);
            }
        });
    }

    @Test
    void namesSayWhatAThingIs() {
        check(false, (file, found) -> new Finder(file, found) {
            @Override
            public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
                if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                    report(type, type.getSimpleName() + " says nothing");
                }
                return super.visitClass(type, null);
            }
        });
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> documented = sources.stream()
                .filter(TidyTest::isGoodPackageInfo)
                .map(SourceFile::packageName)
                .collect(Collectors.toCollection(TreeSet::new));
        none(sources.stream()
                .filter(file -> !documented.contains(file.packageName()))
                .map(file -> file.path() + ":1: its package has no package-info with a paragraph and @NullMarked")
                .toList());
    }

    private static boolean isGoodPackageInfo(SourceFile file) {
        if (!file.path().endsWith("/package-info.java")) {
            return false;
        }
        int marked = file.text().indexOf("@NullMarked");
        int begin = file.text().indexOf("/**");
        int end = file.text().indexOf("*/");
        return begin >= 0 && end - begin > 60 && marked > end;
    }
}

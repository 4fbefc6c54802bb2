package sunpeer.appliance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms: who may know whom. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = imported();

    private static final String APPLIANCE = "sunpeer.appliance.";
    private static final String[] PURE = rooms("energy", "schedule", "market", "ledger", "node", "gateway");

    /** Part of every room's language: values and collections of the platform, and the marks of nullness. */
    private static final String[] LANGUAGE = {"java..", "org.jspecify.annotations"};

    private static final Set<String> OUTSIDE_CLASSES = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.time.Clock",
            "java.time.InstantSource");
    private static final List<String> OUTSIDE_PACKAGES = List.of(
            "java.net",
            "java.nio.file",
            "java.nio.channels",
            "java.sql",
            "javax.sql",
            "java.util.concurrent",
            "org.sqlite",
            "org.eclipse.paho",
            "org.tinylog");

    private static final DescribedPredicate<JavaClass> THE_OUTSIDE = DescribedPredicate.describe(
            "the outside world (files, wires, threads, clocks, databases, the broker)",
            type -> OUTSIDE_CLASSES.contains(type.getName())
                    || OUTSIDE_PACKAGES.stream()
                            .anyMatch(name -> type.getPackageName().equals(name)
                                    || type.getPackageName().startsWith(name + ".")));

    private static JavaClasses imported() {
        // Names are all that the rules ask of foreign classes.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("sunpeer");
    }

    private static String[] rooms(String... names) {
        return Stream.of(names).map(name -> APPLIANCE + name + "..").toArray(String[]::new);
    }

    private static void knowsOnly(String room, String... known) {
        String[] allowed = Stream.of(LANGUAGE, new String[] {room}, known)
                .flatMap(Stream::of)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(CLASSES);
    }

    private static void onlyIn(String[] rooms, String... used) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(used)
                .check(CLASSES);
    }

    @Test
    void wiresAndModelsKnowNothingOfTheAppliance() {
        noClasses()
                .that()
                .resideInAPackage("sunpeer.drivers..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sunpeer.appliance..", "sunpeer.inference..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("sunpeer.inference..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sunpeer.appliance..", "sunpeer.drivers..")
                .check(CLASSES);
    }

    @Test
    void aRegisterNeverLeavesTheDrivers() {
        onlyIn(
                new String[] {"sunpeer.drivers.."},
                "sunpeer.drivers.transport..",
                "sunpeer.drivers.profile..",
                "sunpeer.drivers.vedirect..");
    }

    @Test
    void energyKnowsReadingsAndTheSun() {
        knowsOnly(APPLIANCE + "energy..", "sunpeer.drivers", "net.e175.klaus.solarpositioning..");
    }

    @Test
    void scheduleKnowsEnergy() {
        knowsOnly(APPLIANCE + "schedule..", rooms("energy"));
    }

    @Test
    void ledgerKnowsNobody() {
        knowsOnly(APPLIANCE + "ledger..");
    }

    @Test
    void marketKnowsLedgerAndEnergy() {
        knowsOnly(APPLIANCE + "market..", rooms("energy", "ledger"));
        knowsOnly(APPLIANCE + "market.yuma..");
    }

    @Test
    void theCoresKnowTheRoomsThatDecide() {
        knowsOnly(
                APPLIANCE + "node..",
                Stream.of(
                                rooms("energy", "schedule", "market", "ledger"),
                                new String[] {"sunpeer.drivers", "sunpeer.inference", "sunpeer.inference.training"})
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
        knowsOnly(APPLIANCE + "gateway..", rooms("market", "ledger", "node"));
    }

    @Test
    void decidingIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(THE_OUTSIDE)
                .check(CLASSES);
    }

    @Test
    void eachLibraryHasOneRoom() {
        onlyIn(rooms("sync"), "org.eclipse.paho..");
        onlyIn(rooms("store"), "java.sql..", "org.sqlite..");
        onlyIn(rooms("web"), "com.sun.net.httpserver..");
        onlyIn(rooms("cli"), "picocli..");
        onlyIn(new String[] {"sunpeer.drivers.board.."}, "com.pi4j..");
    }

    @Test
    void roomsFormNoCircle() {
        slices().matching("sunpeer.appliance.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("sunpeer.drivers.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("sunpeer.inference.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}

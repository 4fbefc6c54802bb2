package sunpeer.inference.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.inference.Int8Interpreter;
import sunpeer.inference.Model;
import sunpeer.inference.ModelValidator;
import sunpeer.inference.Outcome;
import sunpeer.inference.Outcome.Cause;
import sunpeer.inference.Outcome.Done;
import sunpeer.inference.Outcome.Failed;
import sunpeer.inference.Validation;
import sunpeer.inference.training.RandomModels;

/** Real TFLite in a real child. */
@Timeout(60)
class TfliteWorkerTest {
    @TempDir
    static Path cache;

    private static TfliteWorker worker;

    @BeforeAll
    static void start() {
        worker = worker(Duration.ofSeconds(10));
    }

    @AfterAll
    static void end() {
        worker.close();
        assertThat(worker.process()).isEmpty();
    }

    private static TfliteWorker worker(Duration callLimit) {
        return new TfliteWorker(new TfliteWorker.Settings(cache, Duration.ofSeconds(20), callLimit, List.of()));
    }

    @Test
    void theInterpreterAgreesWithTfliteBitForBit() {
        int[][] shapes = {{1, 1}, {4, 3}, {12, 16, 3}, {7, 33, 5}, {64, 17, 9, 2}, {130, 40, 31, 20, 11}, {640, 8, 640}
        };
        for (int s = 0; s < shapes.length; s++) {
            for (long seed = 0; seed < 3; seed++) {
                Model model = RandomModels.model(100L * s + seed, shapes[s]);
                assertAgrees(model, RandomModels.rows(RandomModels.random(seed), 500, model.inputLength()));
            }
        }
    }

    @Test
    void realModelsAgreeToo() throws IOException {
        Path models = RandomModels.modelsOrSkip();
        for (String name : List.of("hello_world_int8.tflite", "ad01_int8.tflite")) {
            Model model = RandomModels.accepted(Files.readAllBytes(models.resolve(name)));
            assertAgrees(model, RandomModels.rows(RandomModels.random(9), 500, model.inputLength()));
        }
    }

    @Test
    void mutantsTheValidatorAcceptsAgreeToo() {
        int accepted = 0;
        for (long seed = 0; seed < 1500; seed++) {
            RandomGenerator random = RandomModels.random(seed);
            byte[] file = RandomModels.mutate(random, RandomModels.file(4, 5, 6, 2));
            if (ModelValidator.validate(file) instanceof Validation.Accepted(Model model)) {
                accepted++;
                assertAgrees(model, RandomModels.rows(random, 4, model.inputLength()));
            }
        }
        assertThat(accepted).isGreaterThan(100);
    }

    private static void assertAgrees(Model model, byte[][] rows) {
        Done tflite = done(worker.run(model, rows));
        Done java = done(new Int8Interpreter().run(model, rows));
        assertThat(tflite.outputs()).as("%s", model).isDeepEqualTo(java.outputs());
        assertThat(tflite.busyNanos()).isPositive();
    }

    @Test
    void aKilledChildCostsAtMostOneCall() throws Exception {
        try (TfliteWorker mortal = worker(Duration.ofSeconds(10))) {
            Model model = RandomModels.model(1, 64, 64, 4);
            byte[][] rows = RandomModels.rows(RandomModels.random(1), 4000, 64);
            Done before = done(mortal.run(model, rows));
            ProcessHandle first = mortal.process().orElseThrow();
            signal(first, "STOP");
            CompletableFuture<Outcome> call = CompletableFuture.supplyAsync(() -> mortal.run(model, rows));
            Thread.sleep(500); // the batch does not fit the pipe, so the call now hangs in its middle
            assertThat(call).isNotDone();
            first.destroyForcibly();
            Failed failed = failed(call.get(10, TimeUnit.SECONDS));
            assertThat(failed.cause()).isEqualTo(Cause.CHILD_CRASHED);
            assertThat(failed.message()).contains("child exit 137");
            assertThat(done(mortal.run(model, rows)).outputs()).isDeepEqualTo(before.outputs());
            assertThat(mortal.process().orElseThrow().pid()).isNotEqualTo(first.pid());
        }
    }

    @Test
    void aChildFoundDeadIsReplacedInTheSameCall() throws Exception {
        try (TfliteWorker mortal = worker(Duration.ofSeconds(10))) {
            Model model = RandomModels.model(1, 4, 4);
            done(mortal.run(model, new byte[1][4]));
            ProcessHandle first = mortal.process().orElseThrow();
            first.destroyForcibly();
            first.onExit().get(10, TimeUnit.SECONDS);
            assertThat(mortal.process()).isEmpty();
            done(mortal.run(model, new byte[1][4]));
        }
    }

    @Test
    void aHangEndsAtTheDeadline() throws Exception {
        try (TfliteWorker impatient = worker(Duration.ofMillis(300))) {
            Model model = RandomModels.model(1, 4, 4);
            done(impatient.run(model, new byte[1][4]));
            signal(impatient.process().orElseThrow(), "STOP");
            Failed failed = failed(impatient.run(model, new byte[1][4]));
            assertThat(failed.cause()).isEqualTo(Cause.TIMED_OUT);
            done(impatient.run(model, new byte[1][4]));
        }
    }

    @Test
    void garbageIsRefusedAndTheChildLivesOn() {
        byte[] good = RandomModels.file(1, 4, 4);
        done(worker.run(RandomModels.accepted(good), new byte[1][4]));
        long pid = worker.process().orElseThrow().pid();
        byte[] id = new byte[Frames.ID_BYTES];
        id[0] = 1;
        Failed failed = failed(worker.run(id, new byte[] {0x18, 0, 0, 0, 'T', 'F', 'L', '3'}, 4, new byte[1][4]));
        assertThat(failed.cause()).isEqualTo(Cause.REFUSED);
        assertThat(failed(worker.run(id, good, 4, new byte[1][5])).cause()).isEqualTo(Cause.REFUSED);
        assertThat(worker.process().orElseThrow().pid()).isEqualTo(pid);
    }

    @Test
    void unexpectedAnswersEndTheChild() {
        try (TfliteWorker mortal = worker(Duration.ofSeconds(10))) {
            byte[] file = RandomModels.file(1, 4, 4);
            Failed failed = failed(mortal.run(new byte[Frames.ID_BYTES], file, 3, new byte[1][4]));
            assertThat(failed.cause()).isEqualTo(Cause.CHILD_CRASHED);
            assertThat(failed.message()).contains("kind 14");
            assertThat(mortal.process()).isEmpty();
        }
    }

    @Test
    void moreModelsThanTheChildHolds() {
        for (int round = 0; round < 2; round++) {
            for (long seed = 0; seed < 7; seed++) {
                Model model = RandomModels.model(seed, 5, 5);
                assertAgrees(model, RandomModels.rows(RandomModels.random(seed), 3, 5));
            }
        }
    }

    @Test
    void restEndsTheChildAndTheNextCallStartsOne() throws Exception {
        try (TfliteWorker sleeper = worker(Duration.ofSeconds(10))) {
            assertThat(sleeper.process()).as("lazy").isEmpty();
            sleeper.rest();
            Model model = RandomModels.model(1, 4, 4);
            done(sleeper.run(model, new byte[1][4]));
            ProcessHandle first = sleeper.process().orElseThrow();
            sleeper.rest();
            first.onExit().get(10, TimeUnit.SECONDS);
            done(sleeper.run(model, new byte[1][4]));
            signal(sleeper.process().orElseThrow(), "STOP");
            CompletableFuture<Outcome> call = CompletableFuture.supplyAsync(() -> sleeper.run(model, new byte[1][4]));
            while (!call.isDone()) { // until the call is under way, rest() finds the worker idle
                sleeper.rest();
                Thread.sleep(20);
            }
            assertThat(call.get())
                    .satisfiesAnyOf(
                            outcome -> assertThat(failed(outcome).cause()).isEqualTo(Cause.STOPPED),
                            outcome -> assertThat(outcome).isInstanceOf(Done.class));
        }
    }

    @Test
    void aChildWithoutParentEndsByItself() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String library = NativeLibrary.in(cache).toString();
        Process orphan = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), WorkerMain.class.getName(), library, "30")
                .start();
        orphan.getOutputStream().close(); // what the kernel does when the parent dies
        assertThat(orphan.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(orphan.exitValue()).isZero();
        assertThat(orphan.getInputStream().readAllBytes()).as("frames only").isEmpty();
    }

    @Test
    void aLibraryThatDoesNotLoadIsNotAvailable() throws Exception {
        Path noLibrary = Files.createTempFile(cache, "library", ".so");
        Child child = Child.start(noLibrary, 30, List.of());
        assertThatThrownBy(() -> child.exchange(new byte[5])).isInstanceOf(IOException.class);
        assertThat(child.cause()).isEqualTo(Cause.NOT_AVAILABLE);
        assertThat(child.lastWords()).contains(noLibrary.getFileName().toString());
    }

    @Test
    void aClosedWorkerSaysSo() {
        TfliteWorker closed = worker(Duration.ofSeconds(10));
        closed.close();
        Failed failed = failed(closed.run(RandomModels.model(1, 4, 4), new byte[1][4]));
        assertThat(failed.cause()).isEqualTo(Cause.STOPPED);
    }

    @Test
    void aChildThatCannotStartIsNotAvailable() throws IOException {
        Path notADirectory = Files.createTempFile(cache, "file", "");
        try (TfliteWorker homeless = new TfliteWorker(TfliteWorker.Settings.in(notADirectory))) {
            Failed failed = failed(homeless.run(RandomModels.model(1, 4, 4), new byte[1][4]));
            assertThat(failed.cause()).isEqualTo(Cause.NOT_AVAILABLE);
        }
    }

    @Test
    void whatTheChildComplainsAboutIsInTheMessage() {
        var settings = new TfliteWorker.Settings(
                cache, Duration.ofSeconds(20), Duration.ofSeconds(5), List.of("-XX:NoSuchFlag=1"));
        try (TfliteWorker misled = new TfliteWorker(settings)) {
            Failed failed = failed(misled.run(RandomModels.model(1, 4, 4), new byte[1][4]));
            assertThat(failed.cause()).isEqualTo(Cause.CHILD_CRASHED);
            assertThat(failed.message()).contains("NoSuchFlag");
        }
    }

    @Test
    void aDamagedLibraryIsUnpackedAgain(@TempDir Path own) throws IOException {
        Path library = NativeLibrary.in(own);
        long size = Files.size(library);
        byte[] bytes = Files.readAllBytes(library);
        bytes[bytes.length / 2] ^= 1;
        Files.write(library, bytes);
        NativeLibrary.in(own);
        bytes[bytes.length / 2] ^= 1;
        assertThat(Files.readAllBytes(library)).isEqualTo(bytes);
        Files.write(library, new byte[10]);
        assertThat(NativeLibrary.in(own)).isEqualTo(library).hasSize(size);
        try (var files = Files.list(own)) {
            assertThat(files).as("no leftovers").hasSize(1);
        }
    }

    private static Done done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Done.class);
        return (Done) outcome;
    }

    private static Failed failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return (Failed) outcome;
    }

    private static void signal(ProcessHandle process, String name) throws Exception {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}

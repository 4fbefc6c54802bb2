package sunpeer.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sunpeer.appliance.Home;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Program;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SrneImage;
import sunpeer.drivers.simulator.VictronSimulator;

/** Every command as people and scripts call it. */
class CliTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private static Program.Result run(String line, Object... more) {
        Object[] words = line.isEmpty() ? new Object[0] : line.split(" ", -1);
        Object[] all = new Object[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Program.here(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": run gateway demo status probe read load clock ledger simulate size config version help",
                "run: --config --json",
                "gateway: --config --json",
                "demo: --days --speed --seed --dir --json",
                "status: --url --json",
                "read: --config --profile --port --tcp --rtu-tcp --unit --baud --monitor --count --json --raw --record --replay",
                "probe: PORT --config --json",
                "load: on|off|status --config --dry-run --json",
                "clock: --config --dry-run --json",
                "ledger: verify",
                "simulate: --place --climate --weather --seed --config --panel --tilt --azimuth --battery --chemistry --volts"
                        + " --board --sleep --always-on --days --inferences-per-job --page --json Berlin Nairobi",
                "size: --place --weather --board --service --panel-price --battery-price --json Phoenix",
                "ledger verify: STORE --json",
                "config: check keys",
                "config check: FILE --gateway --json --profiles",
                "config keys: --gateway",
                "version: --json"
            })
    void helpNamesAllAndFits(String commandAndNames) {
        String[] parts = commandAndNames.split(": ", -1);
        String command = parts[0].equals(":") ? "" : parts[0].replace(":", "");
        String names = parts[parts.length - 1].replaceFirst("^: ", "");
        Program.Result help = run(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains(names.trim().split(" ", -1)).contains("--help");
        assertThat(help.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "run --nonsense",
                "run here",
                "config",
                "ledger",
                "ledger weigh",
                "read --count many",
                "read --count 0",
                "read --profile nothing --port /dev/ttyUSB0",
                "read --profile epever",
                "read --profile epever --port /dev/ttyUSB0 --tcp 10.0.0.1",
                "read --profile srne --tcp 10.0.0.1:99999",
                "read --port /dev/ttyUSB0",
                "probe tcp:",
                "probe rtu-tcp:10.0.0.1",
                "load",
                "load up",
                "demo --speed 0",
                "demo --days 0",
                "demo --speed 2001",
                "status --url",
                "simulate --place Atlantis",
                "simulate --place 91,0",
                "simulate --sleep --always-on",
                "simulate --days 0",
                "simulate --panel 0",
                "simulate --volts 99",
                "simulate --board abacus",
                "simulate --inferences-per-job 0",
                "size --service 1.1",
                "size --panel-price -1",
                "gateway --config"
            })
    void wrongUseIsTwoWithASentence(String line) {
        Program.Result wrong = run(line);
        assertThat(wrong.code()).isEqualTo(Exit.USAGE);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    }

    @Test
    void versionNamesProgramAndJava() throws IOException {
        assertThat(run("version").out()).matches("sunpeer \\S+ on .+, \\S+\\R");
        JsonNode json = JSON.readTree(run("version --json").out());
        assertThat(json.fieldNames()).toIterable().containsExactly("sunpeer", "java", "arch");
        assertThat(run("--version").out()).startsWith("sunpeer ");
    }

    @Test
    void simulateTellsTheSameAsTextAsJsonAndAsPage() throws IOException {
        Path page = directory.resolve("year.html");
        String line = "simulate --place Phoenix --board zero2w --panel 30 --battery 20 --days 5";
        Program.Result text = run(line + " --page", page);
        assertThat(text).extracting(Program.Result::code, Program.Result::err).containsExactly(Exit.OK, "");
        assertThat(text.out())
                .startsWith("""
                        Phoenix (33.45, -112.07), weather 1 as measured
                        panel 30 W (tilt 38°, azimuth 180°), battery lfp 12.8 V 20 Ah, Zero 2 W always on
                        """)
                .contains("essential work done      100.0 %")
                .endsWith("Large enough: always powered, reserve kept, essential work done.\n");
        assertThat(Files.readString(page))
                .contains("<svg", "Large enough: always powered", "prefers-color-scheme")
                .doesNotContain("<script", "src=", "url(", "NaN");
        JsonNode json = JSON.readTree(run(line + " --json").out());
        assertThat(json.at("/essential_share").doubleValue()).isEqualTo(1);
        assertThat(json.at("/large_enough").booleanValue()).isTrue();
        assertThat(json.at("/by_day")).hasSize(5);
        assertThat(run(line + " --page", directory).err()).startsWith("sunpeer: the page cannot be written: ");
        assertThat(run("simulate --weather", directory.resolve("none.csv")))
                .isEqualTo(new Program.Result(
                        Exit.FAILED, "", "sunpeer: " + directory + "/none.csv: there is no such file\n"));
    }

    @Test
    void configCheck() throws Exception {
        try (Home home = Home.steady(directory, 1)) {
            Path toml = home.toml();
            assertThat(run("config check", toml)).isEqualTo(new Program.Result(Exit.OK, toml + " is well\n", ""));
            Path gateway = Home.gatewayToml(directory, 1, Optional.empty());
            assertThat(run("config check --gateway", gateway))
                    .isEqualTo(new Program.Result(Exit.OK, gateway + " is well\n", ""));
            assertThat(run("config check", gateway).code()).isEqualTo(Exit.FAILED);

            Files.writeString(toml, Files.readString(toml).replace("watts = 40.0", "watts = \"forty\""));
            Program.Result bad = run("config check", toml);
            assertThat(bad.code()).isEqualTo(Exit.FAILED);
            assertThat(bad.errLines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("sunpeer.toml:")
                            .contains("panel.watts")
                            .endsWith("for example: watts = 100"));
            JsonNode json = JSON.readTree(run("config check --json", toml).out());
            assertThat(json.at("/ok").booleanValue()).isFalse();
            assertThat(json.at("/errors/0/key").textValue()).isEqualTo("panel.watts");
        }
    }

    @Test
    void configCheckNamesBrokenProfilesOfTheOwner() throws Exception {
        try (Home home = Home.steady(directory, 1)) {
            Path profiles = Files.createDirectory(directory.resolve("profiles.d"));
            Files.writeString(profiles.resolve("mine.toml"), "id = \"mine\"\n");
            Program.Result bad = run("config check --profiles " + profiles, home.toml());
            assertThat(bad.code()).isEqualTo(Exit.FAILED);
            assertThat(bad.err()).isEqualTo(profiles + "/mine.toml:1: family: is missing\n");
        } finally {
            run("config check");
        }
    }

    @Test
    void withoutAFileTheUsualPlacesAreMeant() {
        // On a machine with Sunpeer installed these exist; then there is nothing to see here.
        if (!Files.exists(Path.of("/etc/sunpeer"))) {
            assertThat(run("config check").err())
                    .isEqualTo("sunpeer.toml:1: the file does not exist: copy the example"
                            + " that comes with Sunpeer to it, for example: sunpeer-example.toml\n");
            assertThat(run("config check --gateway").err()).startsWith("gateway.toml:1: the file does not exist");
        }
        if (!Files.exists(Path.of("/var/lib/sunpeer"))) {
            assertThat(run("ledger verify").err()).startsWith("sunpeer: there is no store /var/lib/sunpeer");
        }
    }

    @Test
    void configKeysListsEveryKeyOfTheExample() {
        assertThat(run("config keys").out())
                .contains("[node]", "latitude", "[controller]", "poll_s", "[battery]", "[broker]", "url", "[web]");
        assertThat(run("config keys --gateway").out())
                .contains("[gateway]", "tempo_min")
                .doesNotContain("[panel]");
    }

    @Test
    void statusOfNothingSaysWhatToDo() throws Exception {
        String url = "http://127.0.0.1:" + Mosquitto.freePort();
        Program.Result nothing = run("status --url", url);
        assertThat(nothing.code()).isEqualTo(Exit.FAILED);
        assertThat(nothing.err())
                .isEqualTo("sunpeer: nothing answers at " + url + ": does the node run, and is its page on this port?"
                        + " (web.port in its configuration, then --url)\n");
        JsonNode json = JSON.readTree(run("status --json --url", url).out());
        assertThat(json.at("/ok").booleanValue()).isFalse();
        assertThat(json.at("/error").textValue()).contains(url);
        assertThat(run("status --url nonsense").code()).isEqualTo(Exit.FAILED);
    }

    @Test
    void aMissingStore() throws Exception {
        Path nowhere = directory.resolve("nowhere.db");
        assertThat(run("ledger verify", nowhere))
                .isEqualTo(new Program.Result(Exit.FAILED, "", "sunpeer: there is no store " + nowhere + "\n"));
        assertThat(JSON.readTree(run("ledger verify --json", nowhere).out())
                        .at("/ok")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void readsEveryMake() throws Exception {
        Pty line = Pty.open();
        try (Home home = Home.steady(directory, 1);
                ModbusServer srne =
                        ModbusServer.tcp(SimulatedUnits.of(1, new SrneImage(() -> Home.NOON)), Door.of(0, 8));
                VictronSimulator _ = VictronSimulator.start(() -> Home.NOON, line, Duration.ofMillis(100))) {
            read(home.toml(), "EPEVER", 13.37);
            read(home.toml("profile = \"srne\"\ntcp = \"127.0.0.1:" + srne.port() + "\""), "SRNE", 13.4);
            read(home.toml("profile = \"victron\"\nport = \"" + line.path() + "\""), "Victron", 13.37);
        }
    }

    private static void read(Path toml, String make, double volts) throws IOException {
        Program.Result text = run("read --config", toml);
        assertThat(text.code()).as(make + text.err()).isZero();
        assertThat(text.out().lines().toList().getFirst()).containsIgnoringCase(make);
        assertThat(text.out()).containsPattern("battery_v +" + String.format(Locale.ROOT, "%.2f", volts));
        Program.Result twice = run("read --json --count 2 --config", toml);
        List<String> lines = twice.out().lines().toList();
        assertThat(lines).hasSize(2);
        for (String one : lines) {
            JsonNode json = JSON.readTree(one);
            assertThat(json.at("/battery_v").doubleValue()).isEqualTo(volts);
            assertThat(json.at("/origin").textValue()).containsIgnoringCase(make);
        }
    }
}

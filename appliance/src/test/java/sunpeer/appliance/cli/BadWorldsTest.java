package sunpeer.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Home;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Patience;
import sunpeer.appliance.Program;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.simulator.WireFault;

/** What owners do wrong and what breaks around a node: the program says it in one line, and goes on where it can. */
class BadWorldsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private static JsonNode state(Home home) throws IOException {
        Program.Result status = Program.here("status", "--json", "--url", home.page());
        return new ObjectMapper().readTree(status.code() == Exit.OK ? status.out() : "{}");
    }

    private static JsonNode awaitState(Home home, String what, Predicate<JsonNode> so) throws Exception {
        JsonNode[] last = new JsonNode[1];
        try {
            Patience.until(what, LIMIT, () -> {
                last[0] = state(home);
                return so.test(last[0]);
            });
        } catch (AssertionError never) {
            throw new AssertionError(never.getMessage() + "\n" + last[0], never);
        }
        return last[0];
    }

    private static void assertNoStackTrace(Program program) {
        assertThat(program.lines())
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception") || line.contains("Error"));
    }

    @Test
    void aTypoInTheConfiguration() throws Exception {
        try (Home home = Home.steady(directory, 1)) {
            Path toml = home.toml();
            Files.writeString(toml, Files.readString(toml).replace("latitude", "lattitude"));
            try (Program program = Program.start("run", "--config", toml)) {
                assertThat(program.awaitExit()).isEqualTo(Exit.CONFIG);
                assertThat(program.lines())
                        .containsExactly(
                                "sunpeer.toml:3: node.lattitude is not known: perhaps you mean latitude, for example:"
                                        + " latitude = 52.52");
            }
        }
    }

    @Test
    void aSerialPortThatDoesNotExist() throws Exception {
        String reason = "/dev/ttyNowhere does not exist: not a path of this machine, or is the adapter plugged in?"
                + " `ls /dev/serial/by-id` lists what is";
        try (Home home = Home.steady(directory, Mosquitto.freePort())) {
            Path toml = home.toml("profile = \"epever\"\nport = \"/dev/ttyNowhere\"");
            try (Program program = Program.start("run", "--config", toml)) {
                assertThat(program.awaitLine("ttyNowhere")).endsWith("  WARN: " + reason);
                JsonNode state = awaitState(
                        home,
                        "fault on the page",
                        json -> json.at("/battery/controller_fault").isTextual());
                assertThat(state.at("/state").textValue()).isEqualTo("controller_silent");
                assertThat(state.at("/reason").textValue()).isEqualTo("no reading yet: " + reason);
                assertThat(state.at("/battery/controller_fault").textValue()).isEqualTo(reason);
                assertThat(Program.here("status", "--url", home.page()).out()).contains(reason);
                program.stop();
                assertThat(program.lines())
                        .filteredOn(line -> line.contains("ttyNowhere"))
                        .hasSize(1);
                assertNoStackTrace(program);
            }
            Program.Result read = Program.here("read", "--config", toml);
            assertThat(read.code()).isEqualTo(Exit.FAILED);
            assertThat(read.out()).isEmpty();
            assertThat(read.errLines().getLast()).isEqualTo("sunpeer: " + reason);
            JsonNode json = new ObjectMapper()
                    .readTree(Program.here("read", "--json", "--config", toml).out());
            assertThat(json.at("/ok").booleanValue()).isFalse();
            assertThat(json.at("/error").textValue()).isEqualTo(reason);
        }
    }

    @Test
    void aPortThatTheUserMayNotOpen() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root may become another user");
        Path setpriv = Mosquitto.tool("setpriv");
        String classPath = readableByAll();
        try (Home home = Home.steady(directory.resolve("home"), 1)) {
            Path toml = home.toml();
            open(directory);
            open(directory.resolve("home"));
            List<String> command =
                    new ArrayList<>(List.of(setpriv.toString(), "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
            command.addAll(Program.command(classPath, "read", "--config", toml));
            Path port = Path.of(home.port());

            Files.setPosixFilePermissions(port, PosixFilePermissions.fromString("rw-------"));
            try (Program read = Program.startAs(command)) {
                assertThat(read.awaitExit()).isEqualTo(Exit.FAILED);
                assertThat(read.lines().getLast())
                        .isEqualTo("sunpeer: " + port + " may not be opened by user nobody: it belongs to root alone"
                                + " (rw-------); if it is the board's own port, switch its login console off"
                                + " (`sudo raspi-config`, Serial Port); else run `sudo chgrp dialout " + port
                                + " && sudo chmod 660 " + port + "`");
                assertNoStackTrace(read);
            }
            Files.setPosixFilePermissions(port, PosixFilePermissions.fromString("rw-rw----"));
            String group = Files.readAttributes(port, PosixFileAttributes.class)
                    .group()
                    .getName();
            try (Program read = Program.startAs(command)) {
                assertThat(read.awaitExit()).isEqualTo(Exit.FAILED);
                assertThat(read.lines().getLast())
                        .isEqualTo("sunpeer: " + port + " may not be opened by user nobody: its group is " + group
                                + "; run `sudo usermod -aG " + group
                                + " nobody` and log in again (or restart the service)");
            }
        }
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A copy of the program where every user may read it; a developer's own directories are often closed. */
    private String readableByAll() throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : Program.classPath().split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            Path to = directory.resolve("lib" + copies.size() + "-" + from.getFileName());
            if (Files.isDirectory(from)) {
                try (Stream<Path> files = Files.walk(from)) {
                    for (Path file : files.toList()) {
                        Files.copy(file, to.resolve(from.relativize(file).toString()));
                    }
                }
                copies.add(to.toString());
            } else if (Files.exists(from)) {
                Files.copy(from, to);
                copies.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    @Test
    void aControllerThatAnswersWrongly() throws Exception {
        try (Home home = Home.steady(directory, Mosquitto.freePort())) {
            home.faults().inject(WireFault.EXCEPTION);
            try (Program program = Program.start("run", "--config", home.toml())) {
                JsonNode refused = awaitState(
                        home,
                        "refusal",
                        json -> json.at("/battery/controller_fault").isTextual());
                assertThat(refused.at("/state").textValue()).isEqualTo("controller_silent");
                assertThat(refused.at("/reason").textValue())
                        .startsWith("no reading yet: unit 1 at " + home.port() + " refuses ")
                        .endsWith(
                                "with exception 4: it failed while reading; is this the right profile for this device?");
                home.faults().clear();
                program.awaitLine("reads EPEVER");
                assertHealthy(home);

                for (WireFault fault : List.of(WireFault.WRONG_UNIT, WireFault.SHORT)) {
                    home.faults().inject(fault);
                    JsonNode garbled = awaitState(
                            home,
                            fault.toString(),
                            json -> json.at("/battery/controller_fault").isTextual());
                    assertThat(garbled.at("/battery/controller_fault").textValue())
                            .startsWith("garbled answer at " + home.port() + " to ")
                            .endsWith("; check cable, termination and ground, and that no other master is on the line");
                    assertThat(garbled.at("/reading/battery_v").doubleValue())
                            .as("the last good reading stays")
                            .isEqualTo(Home.NOON.batteryV());
                    home.faults().clear();
                    assertHealthy(home);
                }
                program.stop();
                assertNoStackTrace(program);
                assertThat(program.lines())
                        .filteredOn(line -> line.contains("garbled"))
                        .hasSize(2);
            }
        }
    }

    private static void assertHealthy(Home home) throws Exception {
        JsonNode well = awaitState(
                home,
                "a reading without fault",
                json -> json.at("/battery/controller_fault").isNull()
                        && json.at("/reading/battery_v").isNumber());
        assertThat(well.at("/state").textValue()).isNotEqualTo("controller_silent");
        assertThat(well.at("/reading/battery_v").doubleValue()).isEqualTo(Home.NOON.batteryV());
    }

    @Test
    void aBrokerThatRefuses() throws Exception {
        int port = Mosquitto.freePort();
        String why =
                "the broker mqtt://127.0.0.1:" + port + " refuses the connection: is it running there, on this port?";
        try (Home home = Home.steady(directory, port);
                Program program = Program.start("run", "--config", home.toml())) {
            assertThat(program.awaitLine("refuses the connection")).endsWith("  " + why);
            JsonNode state = awaitState(
                    home, "a reading", json -> json.at("/reading/battery_v").isNumber());
            assertThat(state.at("/online").booleanValue()).isFalse();
            assertThat(state.at("/link").textValue()).isEqualTo(why);
            assertThat(Program.here("status", "--url", home.page()).out()).contains("offline: " + why);
            Thread.sleep(2_500);
            assertThat(program.lines())
                    .as("told once, tried often")
                    .filteredOn(line -> line.contains("refuses the connection"))
                    .hasSize(1);
            program.stop();
            assertNoStackTrace(program);
        }
    }

    @Test
    void aPageWhosePortIsTaken() throws Exception {
        try (Home home = Home.steady(directory.resolve("one"), 1);
                Home other = Home.steady(directory.resolve("two"), 1);
                Program first = Program.start("run", "--config", home.toml())) {
            first.awaitLine("page at " + home.page());
            Path toml = other.toml();
            String taken = home.page().replaceAll("[^0-9:]|127.0.0.1", "").replace(":", "");
            Files.writeString(toml, Files.readString(toml).replaceAll("port = [0-9]+\n", "port = " + taken + "\n"));
            try (Program second = Program.start("run", "--config", toml)) {
                assertThat(second.awaitLine("no page"))
                        .contains("WARN: no page: cannot listen on 127.0.0.1 port " + taken)
                        .endsWith("choose another port or stop that program");
                second.awaitLine("reads EPEVER");
                second.stop();
            }
            first.stop();
        }
    }
}

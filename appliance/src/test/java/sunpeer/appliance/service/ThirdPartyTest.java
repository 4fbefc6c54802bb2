package sunpeer.appliance.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.appliance.Home;
import sunpeer.appliance.Mosquitto;
import sunpeer.appliance.Observer;
import sunpeer.appliance.Patience;
import sunpeer.appliance.Program;
import sunpeer.drivers.simulator.EpeverImage;
import sunpeer.drivers.simulator.ModbusServer;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.Pty;
import sunpeer.drivers.simulator.SimulatedUnits;
import sunpeer.drivers.simulator.SrneImage;

/** Programs of other people see the same as the node: mbpoll on the wire, an MQTT client on the broker. */
class ThirdPartyTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void mbpollAndTheBrokerAgree() throws Exception {
        Path mbpoll = Mosquitto.tool("mbpoll");
        Pty line = Pty.open();
        Pty tap = Pty.open();
        try (Mosquitto broker = Mosquitto.start(directory);
                ModbusServer _ = ModbusServer.rtu(SimulatedUnits.of(1, new EpeverImage(() -> Home.NOON)), line, tap);
                ModbusServer srne =
                        ModbusServer.tcp(SimulatedUnits.of(1, new SrneImage(() -> Home.NOON)), Door.of(0, 8));
                Home one = Home.steady(directory.resolve("one"), broker.port());
                Home two = Home.steady(directory.resolve("two"), broker.port());
                Program first = Program.start(
                        "run", "--config", one.toml("profile = \"epever\"\nport = \"" + line.path() + "\""));
                Program second = Program.start(
                        "run", "--config", two.toml("profile = \"srne\"\ntcp = \"127.0.0.1:" + srne.port() + "\""))) {
            double epever = published(broker.port(), first);
            double wire = read(mbpoll, "-m rtu -b 115200 -P none -a 1 -t 3 -0 -r 12548 -1 " + tap.path()) / 100.0;
            assertThat(epever).isEqualTo(wire).isEqualTo(13.37);
            double srneVolts = published(broker.port(), second);
            double tcp = read(mbpoll, "-m tcp -p " + srne.port() + " -a 1 -t 4 -0 -r 257 -1 127.0.0.1") / 10.0;
            assertThat(srneVolts).isEqualTo(tcp).isEqualTo(13.4);
            first.stop();
            second.stop();
        }
    }

    /** The battery's voltage in the retained state of the node in this process. */
    private static double published(int brokerPort, Program node) throws Exception {
        String id = node.awaitLine("starts as peer").replaceFirst(".*peer ([0-9a-f]{12}).*", "$1");
        double[] volts = new double[1];
        Patience.until("a retained state with a reading of " + id, LIMIT, () -> {
            var state = Observer.retained(brokerPort, "sunpeer/1/" + id + "/state");
            if (state.isEmpty()) {
                return false;
            }
            var reading = new ObjectMapper().readTree(state.get().text()).at("/reading/battery_v");
            volts[0] = reading.doubleValue();
            return reading.isNumber();
        });
        return volts[0];
    }

    private static int read(Path mbpoll, String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(mbpoll.toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Matcher value = Pattern.compile("\\[[0-9]+\\]:\\s+([0-9]+)").matcher(output);
        assertThat(value.find()).as(output).isTrue();
        return Integer.parseInt(value.group(1));
    }
}

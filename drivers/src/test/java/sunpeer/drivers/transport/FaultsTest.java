package sunpeer.drivers.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sunpeer.drivers.Fault;

class FaultsTest {
    private static final Request REQUEST = new Request.Registers(3, 4, 0x3100, 18);

    @Test
    void everyMessageIsOneLineThatSaysWhereAndWhatToDo() {
        List<Fault> faults = List.of(
                Faults.missing("/dev/x"),
                Faults.notAPort("/dev/x"),
                Faults.lost("/dev/x"),
                Faults.denied("/dev/x", "dialout", "sunpeer"),
                Faults.deniedToGroups("/dev/x", "root", "rw--w----", "sunpeer"),
                Faults.busy("/dev/x"),
                Faults.unreachable("/dev/x", 502, "Connection refused"),
                Faults.silent("/dev/x", REQUEST),
                Faults.late("/dev/x", REQUEST),
                Faults.garbled("/dev/x", REQUEST, "wrong checksum"),
                Faults.refused("/dev/x", REQUEST, 2));
        assertThat(faults)
                .allSatisfy(fault -> assertThat(fault.message())
                        .contains("/dev/x")
                        .doesNotContain("\n")
                        .containsAnyOf("check", "run", "stop", "give", "is the", "is this", "is another"));
    }

    @Test
    void deniedNamesGroupAndCommand() {
        assertThat(Faults.denied("/dev/ttyUSB0", "dialout", "sunpeer").message())
                .contains("sudo usermod -aG dialout sunpeer");
    }

    @Test
    void refusedNamesTheAddressAndTheMeaning() {
        assertThat(Faults.refused("/dev/x", REQUEST, 2).message())
                .contains("0x3100..0x3111", "exception 2", "does not have this address");
    }

    @Test
    void missingPort() {
        Fault fault = new SerialLine("/dev/serial/by-id/x", 9600).open().orElseThrow();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.PORT_MISSING);
        assertThat(fault.message())
                .startsWith("/dev/serial/by-id/x does not exist")
                .contains("ls /dev/serial/by-id");
    }

    @Test
    void linkToAnUnpluggedAdapter(@TempDir Path folder) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("adapter"), folder.resolve("ttyUSB9"));
        assertThat(new SerialLine(link.toString(), 9600).open().orElseThrow().kind())
                .isEqualTo(Fault.Kind.PORT_MISSING);
    }

    @Test
    void aFileIsNotAPort(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Fault fault = new SerialLine(file.toString(), 9600).open().orElseThrow();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.PORT_MISSING);
        assertThat(fault.message()).contains("is not a serial port");
    }
}

package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.simulator.ModbusServer.Door;
import sunpeer.drivers.simulator.SimulatedUnits.Seen;
import sunpeer.drivers.transport.AllowedWrite;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;
import sunpeer.drivers.transport.RtuBus;
import sunpeer.drivers.transport.RtuFrame;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.TcpBus;
import sunpeer.drivers.transport.Words;

/** Simulated devices do what a written register does, and nothing that was written escapes their books. */
@Timeout(30)
class ModbusServerTest {
    private static final SimulatedValues VALUES =
            new SimulatedValues(13.42, 1.5, 2.1, 0.6, 18.3, 1.55, 21, 71, 123_450, ChargeStage.FLOAT);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-21T12:00:00Z"));

    private final EpeverImage epever = new EpeverImage(() -> VALUES, EpeverImage.Model.TRACER_BN, CLOCK);
    private final SrneImage srne = new SrneImage(() -> VALUES);
    private volatile boolean daylight = true;
    private final SimulatedUnits units =
            SimulatedUnits.of(Map.of(1, epever, 2, srne, 3, new SleepingImage(srne, () -> daylight)));

    @Test
    void theLoadOutputsAndTheClock() throws IOException {
        Pty line = Pty.open();
        try (ModbusServer _ = ModbusServer.rtu(units, line);
                RtuBus bus = new RtuBus(new SerialLine(line.path(), 115200), 0)) {
            assertThat(bus.ask(new Request.Bits(1, 1, 2, 1))).isEqualTo(new Answer.Bits(List.of(true)));
            assertThat(bus.ask(new Request.Write(1, AllowedWrite.EPEVER_LOAD, List.of(0))))
                    .isEqualTo(new Answer.Written());
            assertThat(bus.ask(new Request.Bits(1, 1, 2, 1))).isEqualTo(new Answer.Bits(List.of(false)));
            assertThat(bus.ask(new Request.Registers(1, 4, 0x310C, 2))).isEqualTo(words(0x310C, 0, 0));
            assertThat(bus.ask(new Request.Registers(1, 4, 0x331B, 2))).isEqualTo(words(0x331B, 210, 0));
            epever.loadMode(2);
            bus.ask(new Request.Write(1, AllowedWrite.EPEVER_LOAD, List.of(0xFF00)));
            assertThat(epever.loadOn()).as("a timer holds the load").isFalse();

            assertThat(bus.ask(new Request.Registers(1, 3, 0x9013, 3)))
                    .isEqualTo(words(0x9013, 0, (21 << 8) | 12, (26 << 8) | 6));
            bus.ask(new Request.Write(1, AllowedWrite.EPEVER_CLOCK, List.of(0x0633, 0x1301, 0x0F06)));
            assertThat(epever.deviceTime()).isEqualTo(LocalDateTime.parse("2015-06-19T01:06:51"));

            bus.ask(new Request.Write(2, AllowedWrite.SRNE_LOAD, List.of(0)));
            assertThat(bus.ask(new Request.Registers(2, 3, 0x0120, 1))).isEqualTo(words(0x0120, 5));
            assertThat(units.writes())
                    .containsExactly(
                            new Seen(1, 5, 2, List.of(0)),
                            new Seen(1, 5, 2, List.of(0xFF00)),
                            new Seen(1, 16, 0x9013, List.of(0x0633, 0x1301, 0x0F06)),
                            new Seen(2, 6, 0x010A, List.of(0)));
        }
    }

    @Test
    void everyKindOfWriteIsSeenWhoeverItIsFor() {
        for (int function : new int[] {5, 6, 8, 15, 16, 22, 23, 0x43, 0x78}) {
            units.answer(9, new byte[] {(byte) function, 0, 1, 0, 0});
        }
        units.answer(0, new byte[] {5, 0, 2, 0, 0});
        assertThat(epever.loadOn()).as("written to all units at once").isFalse();
        assertThat(units.writes()).extracting(Seen::function).containsExactly(5, 6, 8, 15, 16, 22, 23, 0x43, 0x78, 5);
        for (int function : new int[] {1, 2, 3, 4, 17, 0x2B}) {
            units.answer(1, new byte[] {(byte) function, 0, 1, 0, 1});
        }
        assertThat(units.writes()).hasSize(10);
        assertThat(units.requests()).isEqualTo(16);
    }

    @Test
    void exceptionsOfRealDevices() {
        assertThat(exception(1, 3, 0x31, 0x04, 0, 1)).as("another table").isEqualTo(2);
        assertThat(exception(2, 4, 1, 0, 0, 1)).as("a function without a table").isEqualTo(1);
        assertThat(exception(1, 4, 0x31, 0, 0, 19)).as("beyond its row").isEqualTo(2);
        assertThat(exception(1, 4, 0x31, 0, 0, 126)).as("more than fit").isEqualTo(3);
        assertThat(exception(1, 5, 0, 2, 0, 1)).as("neither on nor off").isEqualTo(3);
        assertThat(exception(1, 16, 0x90, 0x13, 0, 3, 6, 0, 0, 0, 0, 0, 0))
                .as("day 0")
                .isEqualTo(3);
        assertThat(exception(1, 0x41)).as("an unknown function").isEqualTo(1);
    }

    @Test
    void aSleepingDeviceIsSilent() {
        byte[] request = {3, 1, 0, 0, 1};
        assertThat(units.answer(3, request)).isPresent();
        daylight = false;
        assertThat(units.answer(3, request)).isEmpty();
        assertThat(units.answer(2, request)).isPresent();
    }

    @Test
    void aDongleWantsItsStartBytesAndServesOneClient() throws IOException {
        byte[] request = RtuFrame.request(new Request.Registers(1, 4, 0x3104, 1));
        try (ModbusServer dongle =
                        ModbusServer.rtuOverTcp(units, Door.of(0, 1), (byte) 0x20, (byte) 2, (byte) 0, (byte) 0);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), dongle.port())) {
            client.getOutputStream().write(new byte[] {0x20, 2, 0, 0});
            client.getOutputStream().write(request);
            assertThat(client.getInputStream().readNBytes(7)).startsWith(1, 4, 2, 1342 >> 8, 1342 & 0xFF);
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), dongle.port())) {
                assertThat(second.getInputStream().read()).as("turned away").isEqualTo(-1);
            }
        }
    }

    @Test
    void aGatewayNamesTheUnitThatDoesNotAnswer() throws IOException {
        try (ModbusServer gateway = ModbusServer.tcp(units, Door.of(0, 2));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            client.getOutputStream().write(new byte[] {0, 7, 0, 0, 0, 6, 9, 3, 1, 0, 0, 1});
            InputStream in = client.getInputStream();
            assertThat(in.readNBytes(9)).containsExactly(0, 7, 0, 0, 0, 3, 9, 0x83, 11);
        }
    }

    /** A device that was only hung up on is the same; one that was gone for a while may be another. */
    @Test
    void aConnectionOpenedAgainAtOnceIsTheSameDevice() throws IOException {
        Request request = new Request.Registers(1, 4, 0x3104, 1);
        int port;
        TcpBus bus;
        try (ModbusServer first = ModbusServer.tcp(units, Door.of(0, 2))) {
            port = first.port();
            bus = new TcpBus("127.0.0.1", port);
            assertThat(bus.ask(request)).isInstanceOf(Answer.Registers.class);
            int before = bus.generation();
            bus.close();
            assertThat(bus.ask(request)).isInstanceOf(Answer.Registers.class);
            assertThat(bus.generation()).isEqualTo(before);
        }
        int before = bus.generation();
        assertThat(bus.ask(request)).as("nobody listens").isInstanceOf(Answer.Failed.class);
        try (ModbusServer _ = ModbusServer.tcp(units, Door.of(port, 2))) {
            assertThat(bus.ask(request)).isInstanceOf(Answer.Registers.class);
            assertThat(bus.generation()).isGreaterThan(before);
        }
        bus.close();
    }

    private static Answer words(int start, int... words) {
        return new Answer.Registers(new Words(start, words));
    }

    private int exception(int unit, int... pdu) {
        byte[] request = new byte[pdu.length];
        for (int i = 0; i < pdu.length; i++) {
            request[i] = (byte) pdu[i];
        }
        Optional<byte[]> answer = units.answer(unit, request);
        return answer.isPresent() && answer.get()[0] == (byte) (pdu[0] | 0x80) ? answer.get()[1] : 0;
    }
}

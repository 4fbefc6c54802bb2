package sunpeer.drivers.probe;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.probe.ProbeReport.Outcome;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.SerialLine;
import sunpeer.drivers.transport.TcpLine;
import sunpeer.drivers.vedirect.VeDirectDecoder;
import sunpeer.drivers.vedirect.VeDirectEvent;

/**
 * Probes one wire. Sends nothing before it has listened, nothing but readings, and nothing at all where another master is
 * heard. Blocks for less than a minute. Confined to one thread.
 */
public final class Probe {
    private static final int VEDIRECT_BAUD = 19_200;
    private static final List<Integer> MASTER_BAUDS = List.of(9600, 115_200);
    private static final Duration SLICE = Duration.ofMillis(250);

    /** Nothing new is begun after this; what has begun takes less than the rest of the minute. */
    private static final Duration ASKING_MAX = Duration.ofSeconds(40);

    /** EPEVER's WiFi dongle: RTU frames on this port, after these bytes. */
    private static final int DONGLE_PORT = 9999;

    private static final byte[] DONGLE_START = {0x20, 0x02, 0x00, 0x00};

    private final InstantSource clock;
    private final Patience patience;
    private final long begun = System.nanoTime();

    /** @param clock dates the readings of what is found */
    public Probe(InstantSource clock) {
        this(clock, Patience.FIELD);
    }

    Probe(InstantSource clock, Patience patience) {
        this.clock = clock;
        this.patience = patience;
    }

    private boolean late() {
        return System.nanoTime() - begun > ASKING_MAX.toNanos();
    }

    /** @param path of a port that nobody uses; see {@link SerialPorts} */
    public ProbeReport serial(String path) {
        Asking asking = new Asking(this::late);
        Optional<String> holder = PortHolders.of(path);
        if (holder.isPresent()) {
            return new ProbeReport(path, List.of(), new Outcome.NotProbed(path + " is in use by " + holder.get()));
        }
        try (SerialWire wire =
                new SerialWire(baud -> new SerialLine(path, baud), new Wire.Serial(path, 0), patience, clock)) {
            List<Question> questions = Question.serial();
            Optional<ByteLine> talking = wire.at(VEDIRECT_BAUD);
            if (talking.isEmpty()) {
                return new ProbeReport(path, asking.steps(), wire.end().orElseGet(Outcome.Nothing::new));
            }
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            Optional<Map<String, String>> block = block(talking.get(), heard);
            if (block.isPresent()) {
                for (Question question : questions) {
                    Optional<String> evidence = question.identify().evidence(block.get());
                    if (evidence.isPresent()) {
                        asking.step(listened(VEDIRECT_BAUD), "VE.Direct, " + evidence.get());
                        return asking.heard(path, question, evidence.get(), wire);
                    }
                }
                asking.step(listened(VEDIRECT_BAUD), "VE.Direct of an unknown product");
                String product = block.get().getOrDefault("PID", "without a product id");
                return new ProbeReport(path, asking.steps(), new Outcome.Stranger("VE.Direct product " + product));
            }
            Optional<String> master = masters(asking, wire, heard.toByteArray());
            return master.isPresent()
                    ? new ProbeReport(path, asking.steps(), new Outcome.OtherMaster(master.get()))
                    : asking.walk(path, questions, wire);
        }
    }

    private String listened(int baud) {
        Duration time = baud == VEDIRECT_BAUD ? patience.talker() : patience.master();
        return "listened " + seconds(time) + " s at " + baud + " baud";
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? Long.toString(time.toSeconds()) : "0." + time.toMillis();
    }

    /** The first whole block of a talking device that names it: a monitor sends another one in turn, which does not. */
    private Optional<Map<String, String>> block(ByteLine line, ByteArrayOutputStream heard) {
        VeDirectDecoder decoder = VeDirectDecoder.midStream();
        Optional<Map<String, String>> nameless = Optional.empty();
        for (Duration time = Duration.ZERO; time.compareTo(patience.talker()) < 0; time = time.plus(SLICE)) {
            byte[] slice = Ears.listen(line, SLICE);
            heard.writeBytes(slice);
            for (VeDirectEvent event : decoder.push(slice, slice.length)) {
                if (event instanceof VeDirectEvent.Block(Map<String, String> fields)) {
                    if (fields.containsKey("PID")) {
                        return Optional.of(fields);
                    }
                    nameless = Optional.of(fields);
                }
            }
        }
        return nameless;
    }

    /** What somebody else says on the line, at any of the usual speeds; all of them are heard before anything is said. */
    private Optional<String> masters(Asking asking, SerialWire wire, byte[] before) {
        List<String> evidence = new ArrayList<>();
        note(asking, evidence, VEDIRECT_BAUD, before);
        for (int baud : MASTER_BAUDS) {
            Optional<ByteLine> line = wire.at(baud);
            line.ifPresent(open -> note(asking, evidence, baud, Ears.listen(open, patience.master())));
        }
        return evidence.stream()
                .filter(told -> told.contains("unit"))
                .findFirst()
                .or(() -> evidence.stream().findFirst());
    }

    private void note(Asking asking, List<String> evidence, int baud, byte[] heard) {
        if (Ears.isNoise(heard)) {
            asking.step(listened(baud), heard.length == 0 ? "silence" : "noise, " + heard.length + " bytes");
            return;
        }
        String told = Ears.frame(heard)
                .map(frame -> "Modbus at " + baud + " baud: " + frame)
                .orElse(heard.length + " bytes at " + baud + " baud that nobody asked for");
        asking.step(listened(baud), told);
        evidence.add(told);
    }

    /** Modbus TCP; on the port of EPEVER's dongle, which carries RTU, that. */
    public ProbeReport tcp(String host, int port) {
        if (port == DONGLE_PORT) {
            return rtuOverTcp(host, port);
        }
        try (TcpWire wire = new TcpWire(new Wire.Tcp(host, port), clock)) {
            return new Asking(this::late).walk(host + ":" + port, Question.network(), wire);
        }
    }

    /** A serial gateway that carries RTU as it is; the speed of its line is its own matter. */
    public ProbeReport rtuOverTcp(String host, int port) {
        byte[] start = port == DONGLE_PORT ? DONGLE_START : new byte[0];
        Asking asking = new Asking(this::late);
        String where = host + ":" + port;
        try (SerialWire wire =
                new SerialWire(_ -> new TcpLine(host, port, start), new Wire.RtuOverTcp(host, port), patience, clock)) {
            Optional<ByteLine> line = wire.at(0);
            if (line.isEmpty()) {
                return new ProbeReport(where, asking.steps(), wire.end().orElseGet(Outcome.Nothing::new));
            }
            byte[] heard = Ears.listen(line.get(), patience.master());
            String what = "listened " + seconds(patience.master()) + " s";
            if (!Ears.isNoise(heard)) {
                String told = heard.length + " bytes that nobody asked for";
                asking.step(what, told);
                return new ProbeReport(where, asking.steps(), new Outcome.OtherMaster(told));
            }
            asking.step(what, "silence");
            return asking.walk(where, Question.gateway(), wire);
        }
    }
}

package sunpeer.drivers.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sunpeer.drivers.Device;
import sunpeer.drivers.Devices;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.WireDefaults;
import sunpeer.drivers.capture.Capture.Frame;
import sunpeer.drivers.capture.Capture.Poll;
import sunpeer.drivers.transport.ByteLine;
import sunpeer.drivers.transport.Request;

/** Decodes a capture with a profile, as if its device were there. Confined to one thread. */
public final class Replay {
    /** The end of a block that is not there: who joins a talking device in the middle throws the first one away. */
    private static final byte[] INTO_STEP = "\r\nChecksum\t?".getBytes(StandardCharsets.US_ASCII);

    private final Capture capture;
    private final String name;
    private final WireDefaults profile;
    private final InstantSource clock;
    private final List<String> notes = new ArrayList<>();
    private Instant now;

    /** @param result what the profile made of the poll */
    public record Round(Poll poll, ReadResult result) {}

    /**
     * @param name of the capture, for people
     * @param profileId of the profile that is to decode it
     * @param clock for what the capture does not date
     * @throws IllegalArgumentException for an unknown profile id
     */
    public Replay(Capture capture, String name, String profileId, InstantSource clock) {
        this.capture = capture;
        this.name = name;
        this.profile = Devices.defaults(profileId);
        this.clock = clock;
        this.now = clock.instant();
    }

    /** @param unit the unit to decode; 0 for the one that the capture says, or that alone is asked in it */
    public List<Round> rounds(int unit) {
        List<Round> rounds = new ArrayList<>();
        if (Devices.speaksModbus(profile.profile())) {
            ReplayBus bus = new ReplayBus(name);
            try (Device device = Devices.over(profile.profile(), bus, unit(unit), () -> now)) {
                for (Poll poll : capture.polls()) {
                    begin(poll);
                    bus.begin(poll);
                    rounds.add(new Round(poll, device.read()));
                }
            }
            notes.addAll(bus.notes());
            return rounds;
        }
        ReplayLine line = new ReplayLine(name);
        Device device = open(line, unit(unit));
        for (Poll poll : capture.polls().stream().flatMap(this::split).toList()) {
            begin(poll);
            // Polls without a time need not be of the same device: what one said must not complete the next.
            if (poll.at().isEmpty()) {
                device.close();
                device = open(line, unit(unit));
            }
            line.begin(Exchange.of(poll.frames()), spoken(poll));
            rounds.add(new Round(poll, device.read()));
        }
        device.close();
        return rounds;
    }

    private Device open(ByteLine line, int unit) {
        return Devices.over(profile.profile(), line, unit, () -> now);
    }

    private void begin(Poll poll) {
        now = poll.at().orElseGet(clock::instant);
    }

    /** What could not be used, in the order of the file; known after {@link #rounds}. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private int unit(int wanted) {
        if (wanted > 0) {
            return wanted;
        }
        if (capture.unit() > 0) {
            return capture.unit();
        }
        Set<Integer> asked = capture.polls().stream()
                .flatMap(poll -> Exchange.of(poll.frames()).stream())
                .flatMap(exchange -> Asked.of(Asked.asRtu(exchange.questionBytes())).stream())
                .map(Request::unit)
                .collect(Collectors.toSet());
        return asked.size() == 1 ? asked.iterator().next() : profile.unit();
    }

    /** In a list without times, a question that is asked again begins another poll. */
    private Stream<Poll> split(Poll poll) {
        boolean asks = poll.frames().stream().anyMatch(Frame::sent);
        if (poll.at().isPresent() || !asks) {
            return Stream.of(poll);
        }
        List<Poll> polls = new ArrayList<>();
        List<Frame> frames = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (Frame frame : poll.frames()) {
            if (frame.sent() && !asked.add(frame.hex())) {
                polls.add(new Poll(poll.at(), frames, poll.expected()));
                frames.clear();
                asked.clear();
                asked.add(frame.hex());
            }
            frames.add(frame);
        }
        polls.add(new Poll(poll.at(), frames, poll.expected()));
        return polls.stream();
    }

    /** What came by itself. Undated blocks are said twice: after the second round a listener knows that these are all. */
    private static byte[] spoken(Poll poll) {
        if (poll.frames().stream().anyMatch(Frame::sent)) {
            return new byte[0];
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean undated = poll.at().isEmpty();
        if (undated) {
            all.writeBytes(INTO_STEP);
        }
        for (int round = 0; round < (undated ? 2 : 1); round++) {
            poll.frames().forEach(frame -> all.writeBytes(frame.bytes()));
        }
        return all.toByteArray();
    }
}

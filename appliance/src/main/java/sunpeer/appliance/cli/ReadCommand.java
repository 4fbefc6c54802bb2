package sunpeer.appliance.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.service.Exit;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.Devices;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.WireTap;
import sunpeer.drivers.capture.Capture;
import sunpeer.drivers.capture.CaptureFile;
import sunpeer.drivers.capture.CaptureResult;
import sunpeer.drivers.capture.Expectations;
import sunpeer.drivers.capture.Recorder;
import sunpeer.drivers.capture.Replay;

/** {@code sunpeer read}: what a device says, without the service. */
@Command(
        name = "read",
        description = {
            "Reads a device and shows everything that was decoded.",
            "It is that of a configuration, or any with --profile and a wire.",
            "Stop the service first: one wire has one master."
        },
        mixinStandardHelpOptions = true)
final class ReadCommand implements Callable<Integer> {
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K\n";
    private static final String CLEAR_REST = "\u001b[J";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private DeviceOptions device;

    @Option(names = "--count", paramLabel = "N", description = "read so often (on a terminal until Ctrl-C, else once)")
    private @Nullable Integer count;

    @Option(names = "--json", description = "print as JSON, one object a reading")
    private boolean json;

    @Option(names = "--raw", description = "also the bytes on the wire, with direction and milliseconds")
    private boolean raw;

    @Option(names = "--record", paramLabel = "FILE", description = "also write all bytes into a capture")
    private @Nullable Path record;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "decode a capture instead of a device; exit code 1 with the reason when it does not fit")
    private @Nullable Path replay;

    @Override
    public Integer call() throws InterruptedException {
        Console console = Console.of(spec, json);
        if (count != null && count < 1) {
            console.failed("--count is at least 1");
            return Exit.USAGE;
        }
        if (replay != null) {
            return replay(console, replay);
        }
        return switch (device.choose(console)) {
            case DeviceOptions.Choice.Failed(int exit) -> exit;
            case DeviceOptions.Choice.Ok(DeviceAddress address, Duration period, var _) ->
                live(console, address, period);
        };
    }

    private int live(Console console, DeviceAddress address, Duration period) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        Optional<Recorder> recorder = Optional.empty();
        try {
            if (record != null) {
                recorder = Optional.of(Recorder.create(record, address, clock));
            }
            return poll(console, address, period, clock, recorder);
        } catch (IOException cannotWrite) {
            console.failed(record + " cannot be written (is it there already?): " + cannotWrite.getMessage());
            return Exit.FAILED;
        } finally {
            recorder.ifPresent(Recorder::close);
            recorder.flatMap(Recorder::failure).ifPresent(console::failed);
        }
    }

    private int poll(
            Console console, DeviceAddress address, Duration period, InstantSource clock, Optional<Recorder> recorder)
            throws InterruptedException {
        Terminal terminal = json ? Terminal.NONE : Terminal.here();
        Optional<WireView> view = raw ? Optional.of(new WireView(console.out(), json, clock)) : Optional.empty();
        WireTap heard = WireTap.both(
                view.<WireTap>map(tap -> tap).orElse(WireTap.NONE),
                recorder.<WireTap>map(tap -> tap).orElse(WireTap.NONE));
        boolean tapped = raw || recorder.isPresent();
        long polls = count != null ? count : terminal.isThere() ? Long.MAX_VALUE : 1;
        int code = Exit.OK;
        try (Device open = Devices.open(address, clock, tapped ? heard : WireTap.NONE)) {
            for (long done = 0; done < polls; done++) {
                if (done > 0) {
                    TimeUnit.MILLISECONDS.sleep(period.toMillis());
                }
                view.ifPresent(WireView::poll);
                recorder.ifPresent(Recorder::poll);
                ReadResult result = open.read();
                recorder.ifPresent(Recorder::keep);
                code = show(console, terminal, result, terminal.isThere() && !raw && polls > 1);
            }
        } catch (IllegalArgumentException wrongAddress) {
            console.failed(String.valueOf(wrongAddress.getMessage()));
            return Exit.CONFIG;
        }
        return code;
    }

    private static int show(Console console, Terminal terminal, ReadResult result, boolean inPlace) {
        return switch (result) {
            case ReadResult.Failed(var fault) -> {
                if (inPlace) {
                    console.out().print(HOME + fault.message() + CLEAR_LINE + CLEAR_REST);
                    console.out().flush();
                } else {
                    console.failed(fault.message());
                }
                yield Exit.FAILED;
            }
            case ReadResult.Ok ok -> {
                if (console.json()) {
                    console.out().println(ReadingJson.of(ok));
                } else {
                    List<String> lines = new ReadingTable(inPlace ? terminal : terminal.scrolling()).lines(ok);
                    console.out()
                            .print(
                                    inPlace
                                            ? HOME + String.join(CLEAR_LINE, lines) + CLEAR_LINE + CLEAR_REST
                                            : String.join("\n", lines) + "\n");
                }
                console.out().flush();
                yield Exit.OK;
            }
        };
    }

    private int replay(Console console, Path file) {
        CaptureResult parsed = CaptureFile.read(file);
        if (parsed instanceof CaptureResult.Malformed(String reason)) {
            console.failed(reason);
            return Exit.FAILED;
        }
        Capture capture = ((CaptureResult.Ok) parsed).capture();
        String profile = device.profile != null ? device.profile : capture.profile();
        if (!Devices.profileIds().contains(profile)) {
            String known = String.join(", ", Devices.profileIds());
            console.failed(
                    profile.isEmpty()
                            ? file + " names no profile: give --profile, one of " + known
                            : "there is no profile \"" + profile + "\": --profile is one of " + known);
            return Exit.USAGE;
        }
        Replay replayed = new Replay(capture, file.toString(), profile, InstantSource.system());
        int code = Exit.OK;
        for (Replay.Round round : replayed.rounds(device.unit)) {
            if (round.result() instanceof ReadResult.Failed(var fault)) {
                console.failed(file + " does not fit profile " + profile + ": " + fault.message());
                code = Exit.FAILED;
            } else {
                show(console, Terminal.NONE, round.result(), false);
            }
            for (String difference : Expectations.differences(round)) {
                console.failed(file + ", " + difference);
                code = Exit.FAILED;
            }
        }
        replayed.notes().forEach(note -> console.err().println("note: " + file + ": " + note));
        console.err().flush();
        return code;
    }
}

package sunpeer.appliance.cli;

import com.grack.nanojson.JsonStringWriter;
import com.grack.nanojson.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sunpeer.drivers.Detail;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.DeviceAddress.Wire;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.probe.ProbeReport;
import sunpeer.drivers.probe.ProbeReport.Match;
import sunpeer.drivers.probe.ProbeReport.Outcome;

/** What probing found, for people and for programs. Pure. */
final class ProbeText {
    /** Of all that was decoded, what tells one unit from another. */
    private static final Pattern NAMES = Pattern.compile(
            "vendor|model|revision|serial.*|product.*|device_id|name|.*version|firmware.*|fw|manufacturer");

    private static final List<String> SHOWN =
            List.of("battery_v", "battery_a", "pv_v", "pv_w", "controller_soc_percent");
    private static final int WIDTH = 80;

    private ProbeText() {}

    static List<String> page(ProbeReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.where());
        report.steps().forEach(step -> step(lines, step));
        switch (report.outcome()) {
            case Outcome.Found(List<Match> matches) -> matches.forEach(match -> match(lines, match));
            case Outcome.Stranger(String what) -> {
                wrap(lines, "Something is here that no profile knows: " + what + ".");
                wrap(lines, "Name its make with sunpeer read --profile, or see drivers/PROFILES.md.");
            }
            case Outcome.Nothing _ -> {
                wrap(lines, "Nothing answers: check power and wiring; on RS-485 swap A and B.");
                wrap(lines, "Some devices are silent at night, and a battery may sleep until it is charged.");
            }
            case Outcome.OtherMaster(String evidence) -> {
                wrap(lines, "Another master is on this line: " + evidence + ".");
                wrap(
                        lines,
                        "Two masters garble each other, so nothing more was sent. Unplug the other one"
                                + " (a display, a dongle, another program) and probe again.");
            }
            case Outcome.NotProbed(String reason) -> wrap(lines, "Not probed: " + reason);
        }
        lines.add("");
        return lines;
    }

    private static void step(List<String> lines, ProbeReport.Step step) {
        String line = "  " + step.what() + ": " + step.came();
        if (line.length() <= WIDTH) {
            lines.add(line);
        } else {
            lines.add("  " + step.what() + ":");
            wrapped(step.came(), WIDTH - 6).forEach(part -> lines.add("      " + part));
        }
    }

    private static void wrap(List<String> lines, String text) {
        wrapped(text, WIDTH - 2).forEach(part -> lines.add("  " + part));
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static void match(List<String> lines, Match match) {
        lines.add("");
        wrap(
                lines,
                "%s: %s (%s match: %s)"
                        .formatted(
                                match.strong() ? "Found" : "Perhaps",
                                match.family(),
                                match.strong() ? "strong" : "weak",
                                match.evidence()));
        if (!match.strong()) {
            wrap(lines, "Other makes may look like this: use it only if the values below are right.");
        }
        read(match).ifPresent(read -> {
            names(read).forEach(detail -> lines.add("    %-24s %s".formatted(detail.name(), content(detail))));
            read.reading().values().stream()
                    .filter(detail ->
                            SHOWN.contains(detail.name()) && detail.value().quality() != Quality.ABSENT)
                    .forEach(detail -> lines.add("    %-24s %s".formatted(detail.name(), content(detail))));
        });
        if (match.read().isPresent() && match.read().get() instanceof ReadResult.Failed(var fault)) {
            wrap(lines, "A reading failed: " + fault.message());
        }
        lines.add("");
        lines.add("  To use it, put into /etc/sunpeer/sunpeer.toml:");
        lines.add("");
        toml(match).forEach(line -> lines.add("    " + line));
    }

    private static Optional<ReadResult.Ok> read(Match match) {
        return match.read().flatMap(read -> read instanceof ReadResult.Ok ok ? Optional.of(ok) : Optional.empty());
    }

    private static List<Detail> names(ReadResult.Ok read) {
        return read.details().stream()
                .filter(detail -> NAMES.matcher(detail.name()).matches())
                .filter(detail -> !detail.text().isEmpty() || detail.value().quality() != Quality.ABSENT)
                .toList();
    }

    private static String content(Detail detail) {
        String doubt = detail.value().quality() == Quality.SUSPECT ? " suspect" : "";
        String unit = detail.unit().equals("count") ? "" : " " + detail.unit();
        return (detail.text().isEmpty() ? ReadingTable.number(detail.value()) + unit : detail.text()) + doubt;
    }

    static List<String> toml(Match match) {
        DeviceAddress address = match.address();
        String where = switch (address.wire()) {
            case Wire.Serial(String path, int _) -> "port = \"" + path + "\"";
            case Wire.Tcp(String host, int port) -> "tcp = \"" + bracketed(host) + ":" + port + "\"";
            case Wire.RtuOverTcp(String host, int port) -> "rtu_tcp = \"" + bracketed(host) + ":" + port + "\"";
        };
        boolean panel = read(match)
                .filter(read -> read.reading().pvV().quality() != Quality.ABSENT
                        || read.reading().pvW().quality() != Quality.ABSENT)
                .isPresent();
        Stream<String> head = Stream.of(
                panel || match.read().isEmpty() ? "[controller]" : "[monitor]",
                "profile = \"" + address.profile() + "\"",
                where);
        Stream<String> unit = address.unit() == 1 ? Stream.of() : Stream.of("unit = " + address.unit());
        Stream<String> baud = address.wire() instanceof Wire.Serial(String _, int given) && given > 0
                ? Stream.of("baud = " + given)
                : Stream.of();
        return Stream.of(head, unit, baud).flatMap(part -> part).toList();
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    static String json(ProbeReport report) {
        JsonStringWriter json = JsonWriter.string().object().value("where", report.where());
        json.array("steps");
        report.steps()
                .forEach(step -> json.object()
                        .value("did", step.what())
                        .value("came", step.came())
                        .end());
        json.end();
        switch (report.outcome()) {
            case Outcome.Found(List<Match> matches) -> {
                json.value("outcome", "found").array("matches");
                matches.forEach(match -> match(json, match));
                json.end();
            }
            case Outcome.Stranger(String what) ->
                json.value("outcome", "unknown_device").value("reason", what);
            case Outcome.Nothing _ -> json.value("outcome", "nothing");
            case Outcome.OtherMaster(String evidence) ->
                json.value("outcome", "other_master").value("reason", evidence);
            case Outcome.NotProbed(String reason) ->
                json.value("outcome", "not_probed").value("reason", reason);
        }
        return json.end().done();
    }

    private static void match(JsonStringWriter json, Match match) {
        json.object()
                .value("profile", match.address().profile())
                .value("family", match.family())
                .value("strength", match.strong() ? "strong" : "weak")
                .value("evidence", match.evidence())
                .value("unit", match.address().unit())
                .object("names");
        read(match).ifPresent(read -> names(read).forEach(detail -> json.value(detail.name(), content(detail))));
        json.end().value("toml", String.join("\n", toml(match))).end();
    }
}

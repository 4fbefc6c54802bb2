package sunpeer.drivers.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import sunpeer.drivers.Device;
import sunpeer.drivers.DeviceAddress;
import sunpeer.drivers.Fault;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.probe.ProbeReport.Match;
import sunpeer.drivers.probe.ProbeReport.Outcome;
import sunpeer.drivers.probe.ProbeReport.Step;
import sunpeer.drivers.transport.Answer;
import sunpeer.drivers.transport.Request;

/** Walks the questions on one wire and collects what came. Confined to one thread. */
final class Asking {
    /** Exceptions of a gateway that has nobody at the other end. */
    private static final int NO_PATH = 10;

    private static final int NOBODY = 11;

    private record Asked(String language, int baud, Request request) {}

    private final BooleanSupplier late;
    private final List<Step> steps = new ArrayList<>();
    private final List<Match> weak = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();
    private final Map<Asked, Answer> answers = new HashMap<>();

    /** @param late true when there is no time for anything more */
    Asking(BooleanSupplier late) {
        this.late = late;
    }

    void step(String what, String came) {
        steps.add(new Step(what, came));
    }

    /** How one question reaches the wire, and how a device is opened there. */
    interface Wire {
        /** Asks once; nothing when the wire cannot be used any more, and why was said by {@link #end}. */
        Optional<Answer> ask(Question question, Request request);

        /** {@code "9600 baud: "}; empty where the wire has a speed of its own. */
        String speed(Question question);

        DeviceAddress address(Question question);

        Device open(DeviceAddress address);

        /** Why nothing more can be asked. */
        Optional<Outcome> end();
    }

    /** Until the first sure answer; weak ones are kept and shown if nothing better comes. */
    ProbeReport walk(String where, List<Question> questions, Wire wire) {
        for (Question question : questions) {
            Optional<Request> request = question.identify().request();
            boolean universal = question.identify().unit() == Question.UNIVERSAL_UNIT;
            if (request.isEmpty() || (universal && someoneAnswered())) {
                continue;
            }
            if (late.getAsBoolean()) {
                step("the time is over", "not all was asked");
                break;
            }
            String language = question.modbus() ? "modbus" : question.profile().id();
            Asked asked = new Asked(language, question.identify().baud(), request.get());
            if (!answers.containsKey(asked)) {
                Optional<Answer> answer = wire.ask(question, request.get());
                if (answer.isEmpty() || wire.end().isPresent()) {
                    return new ProbeReport(where, steps, wire.end().orElseGet(Outcome.Nothing::new));
                }
                answers.put(asked, answer.get());
                step(wire.speed(question) + what(question, request.get()), came(answer.get()));
                noteStranger(question, request.get(), answer.get());
            }
            Optional<String> evidence =
                    question.identify().evidence(answers.getOrDefault(asked, new Answer.Refused(0)));
            if (evidence.isPresent() && question.identify().strong()) {
                Match match = match(question, evidence.get(), wire);
                return new ProbeReport(where, steps, new Outcome.Found(List.of(match)));
            }
            evidence.ifPresent(told -> weak.add(match(question, told, wire)));
        }
        return new ProbeReport(where, steps, outcome());
    }

    private boolean someoneAnswered() {
        return answers.values().stream().anyMatch(answer -> !(answer instanceof Answer.Failed));
    }

    private Outcome outcome() {
        if (!weak.isEmpty()) {
            return new Outcome.Found(weak);
        }
        return strangers.isEmpty()
                ? new Outcome.Nothing()
                : new Outcome.Stranger(
                        String.join("; ", strangers.stream().limit(4).toList()));
    }

    private Match match(Question question, String evidence, Wire wire) {
        DeviceAddress address = wire.address(question);
        Optional<ReadResult> read = Optional.empty();
        if (!late.getAsBoolean()) {
            try (Device device = wire.open(address)) {
                read = Optional.of(device.read());
            }
            step(
                    "a reading by profile \"" + address.profile() + "\"",
                    read.map(Asking::came).orElse(""));
        }
        return new Match(
                address, question.profile().family(), question.identify().strong(), evidence, read);
    }

    private void noteStranger(Question question, Request request, Answer answer) {
        String unit = "unit " + request.unit();
        switch (answer) {
            case Answer.Refused(int code)
            when code != NO_PATH && code != NOBODY ->
                strangers.add("%s answers function %d with exception %d".formatted(unit, request.function(), code));
            case Answer.Identity(var objects) -> strangers.add(unit + " says it is " + names(objects));
            case Answer.Registers _ ->
                strangers.add(unit + " answers " + request.describe() + ", which "
                        + question.profile().family() + " does otherwise");
            default -> {}
        }
    }

    private static String what(Question question, Request request) {
        String asked = question.modbus() ? "" : question.profile().family() + ", ";
        return asked + "unit " + request.unit() + ", " + request.describe();
    }

    private static String names(Map<Integer, String> objects) {
        return String.join(", ", new TreeMap<>(objects).values());
    }

    private static String came(Answer answer) {
        return switch (answer) {
            case Answer.Failed(Fault fault) -> fault.kind() == Fault.Kind.NO_ANSWER ? "silence" : fault.message();
            case Answer.Refused(int code) -> "exception " + code;
            case Answer.Identity(var objects) -> names(objects);
            case Answer.Registers(var words) -> words.size() + " registers";
            case Answer.Bits _, Answer.Written _ -> "an answer";
        };
    }

    private static String came(ReadResult result) {
        return switch (result) {
            case ReadResult.Ok _ -> "plausible";
            case ReadResult.Failed(Fault fault) -> fault.message();
        };
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** A device that was recognised without a question. */
    ProbeReport heard(String where, Question question, String evidence, Wire wire) {
        return new ProbeReport(where, steps, new Outcome.Found(List.of(match(question, evidence, wire))));
    }
}

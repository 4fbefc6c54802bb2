package sunpeer.appliance.node;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import sunpeer.appliance.energy.CapacityState;
import sunpeer.appliance.energy.ClearSkyState;
import sunpeer.appliance.energy.ClearnessHistory;
import sunpeer.appliance.energy.EnergyMemory;
import sunpeer.appliance.energy.EnergyMonitor;
import sunpeer.appliance.energy.ForecastBlend;
import sunpeer.appliance.energy.SocEstimate;
import sunpeer.appliance.energy.SocState;
import sunpeer.appliance.energy.SunMemory;
import sunpeer.appliance.energy.Unseen;
import sunpeer.appliance.ledger.ByteReader;
import sunpeer.appliance.ledger.ByteWriter;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.market.Blend;
import sunpeer.appliance.market.Payload;
import sunpeer.appliance.market.QuantileForecast;
import sunpeer.appliance.market.Question;
import sunpeer.appliance.market.SunshineMemory;
import sunpeer.inference.Model;
import sunpeer.inference.ModelValidator;
import sunpeer.inference.Validation;

/**
 * The pieces of a core's memory as bytes for the store. Each begins with a version; a piece of another version, or one that
 * cannot be read, is named in {@link #unreadable()} and begun anew, since all of it can be learned again.
 */
final class Snapshots {
    private static final int VERSION = 1;
    private static final int ENERGY_VERSION = 3;
    private static final String ENERGY = "energy";
    private static final String COUNTERS = "counters";
    private static final String SUNSHINE = "sunshine";
    private static final String MODEL = "model";
    private static final String SLEPT = "slept";
    private static final String ALARM = "alarm";

    private final NodeMemory memory;
    private final List<String> unreadable = new ArrayList<>();

    Snapshots(NodeMemory memory) {
        this.memory = memory;
    }

    /** Names of the pieces that were there and could not be read. */
    List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    private <T> Optional<T> read(String name, Function<ByteReader, T> reader) {
        Bytes bytes = memory.states().get(name);
        if (bytes == null) {
            return Optional.empty();
        }
        ByteReader in = new ByteReader(bytes);
        try {
            if (in.u8() == (name.equals(ENERGY) ? ENERGY_VERSION : VERSION)) {
                T value = reader.apply(in);
                if (in.endedWell()) {
                    return Optional.of(value);
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException damaged) {
            // Named below: records refuse impossible values by exception.
        }
        unreadable.add(name);
        return Optional.empty();
    }

    private static Command.Keep put(String name, ByteWriter out) {
        return new Command.Keep.PutState(name, out.done());
    }

    static Command.Keep keep(EnergyMemory energy) {
        ByteWriter out = new ByteWriter().u8(ENERGY_VERSION).u8(energy.soc().isPresent() ? 1 : 0);
        energy.soc().ifPresent(soc -> writeSoc(out, soc));
        out.u32(energy.sky().bins().size());
        for (ClearSkyState.Bin bin : energy.sky().bins()) {
            out.i64(bin.startEpochS()).f64(bin.meanPvW()).u32(bin.samples()).u32(bin.curtailed());
        }
        writeDays(out, energy.days());
        EnergyMonitor.Totals totals = energy.totals();
        out.f64(totals.pvWh()).f64(totals.loadWh()).f64(totals.chargedWh()).f64(totals.dischargedWh());
        out.u32(energy.chart().size());
        for (EnergyMonitor.Point point : energy.chart()) {
            out.i64(point.at().toEpochMilli()).f64(point.socFraction()).f64(point.pvW());
        }
        return put(ENERGY, out);
    }

    private static void writeDays(ByteWriter out, SunMemory days) {
        out.i64(days.learnedTo().toEpochDay()).u32(days.pairs().size());
        for (ClearnessHistory.Pair pair : days.pairs()) {
            out.u16(pair.dayOfYear()).f64(pair.clearness()).f64(pair.next());
        }
        out.u16(days.sources().size());
        for (ForecastBlend.Source source : days.sources()) {
            out.sized(Bytes.ofText(source.name())).f64(source.meanSquare()).u32(source.scored());
            out.u16(source.days().size());
            source.days().forEach(day -> out.i64(day.day().toEpochDay()).f64(day.clearness()));
        }
    }

    private static SunMemory readDays(ByteReader in) {
        LocalDate learnedTo = LocalDate.ofEpochDay(in.i64());
        List<ClearnessHistory.Pair> pairs = new ArrayList<>();
        for (long left = in.u32(); left > 0 && in.ok(); left--) {
            pairs.add(new ClearnessHistory.Pair(in.u16(), in.f64(), in.f64()));
        }
        List<ForecastBlend.Source> sources = new ArrayList<>();
        for (int left = in.u16(); left > 0 && in.ok(); left--) {
            String name = in.sized().text();
            double meanSquare = in.f64();
            int scored = (int) in.u32();
            List<ForecastBlend.Day> days = new ArrayList<>();
            for (int more = in.u16(); more > 0 && in.ok(); more--) {
                days.add(new ForecastBlend.Day(LocalDate.ofEpochDay(in.i64()), in.f64()));
            }
            sources.add(new ForecastBlend.Source(name, meanSquare, scored, days));
        }
        return new SunMemory(pairs, learnedTo, sources);
    }

    private static void writeSoc(ByteWriter out, SocState soc) {
        out.i64(soc.at().toEpochMilli())
                .f64(soc.lastA())
                .f64(soc.fraction())
                .sized(Bytes.ofText(soc.basis().name()))
                .f64(soc.anchorFraction())
                .f64(soc.anchorSigma())
                .f64(soc.throughputAh())
                .f64(soc.hours())
                .f64(soc.gapSigma())
                .f64(soc.standingA())
                .u32(soc.standingLearned())
                .f64(soc.netAhSinceFull())
                .f64(soc.hoursSinceFull())
                .f64(soc.fullHeldS())
                .f64(soc.lowHeldS())
                .f64(soc.ampleHeldS());
        Unseen unseen = soc.unseen();
        out.f64(unseen.hours()).u8(unseen.clockSetBack() ? 1 : 0).f64(unseen.peakDrawA());
        out.f64(unseen.stuckA());
        CapacityState capacity = soc.capacity();
        out.f64(capacity.labelAh())
                .f64(capacity.ah())
                .f64(capacity.sigma())
                .u32(capacity.learned())
                .f64(capacity.movedAh())
                .sized(Bytes.ofText(capacity.from().name()))
                .f64(capacity.fromFraction())
                .f64(capacity.fromSigma())
                .f64(capacity.netAh())
                .f64(capacity.throughputAh())
                .f64(capacity.hours());
    }

    private static SocState readSoc(ByteReader in) {
        return new SocState(
                Instant.ofEpochMilli(in.i64()),
                in.f64(),
                in.f64(),
                SocEstimate.Basis.valueOf(in.sized().text()),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64(),
                (int) in.u32(),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64(),
                new Unseen(in.f64(), in.u8() == 1, in.f64(), in.f64()),
                readCapacity(in));
    }

    private static CapacityState readCapacity(ByteReader in) {
        return new CapacityState(
                in.f64(),
                in.f64(),
                in.f64(),
                (int) in.u32(),
                in.f64(),
                SocEstimate.Basis.valueOf(in.sized().text()),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64());
    }

    EnergyMemory energy() {
        return read(ENERGY, in -> {
                    Optional<SocState> soc = in.u8() == 1 ? Optional.of(readSoc(in)) : Optional.empty();
                    List<ClearSkyState.Bin> bins = new ArrayList<>();
                    for (long left = in.u32(); left > 0 && in.ok(); left--) {
                        bins.add(new ClearSkyState.Bin(in.i64(), in.f64(), (int) in.u32(), (int) in.u32()));
                    }
                    SunMemory days = readDays(in);
                    var totals = new EnergyMonitor.Totals(in.f64(), in.f64(), in.f64(), in.f64());
                    List<EnergyMonitor.Point> chart = new ArrayList<>();
                    for (long left = in.u32(); left > 0 && in.ok(); left--) {
                        chart.add(new EnergyMonitor.Point(Instant.ofEpochMilli(in.i64()), in.f64(), in.f64()));
                    }
                    return new EnergyMemory(soc, new ClearSkyState(bins), days, totals, chart);
                })
                .orElse(EnergyMemory.NONE);
    }

    static Command.Keep keep(WorkDesk.Counters counters) {
        return put(
                COUNTERS,
                new ByteWriter()
                        .u8(VERSION)
                        .i64(counters.inferences())
                        .i64(counters.deferred())
                        .i64(counters.trainings())
                        .i64(counters.failures()));
    }

    WorkDesk.Counters counters() {
        return read(COUNTERS, in -> new WorkDesk.Counters(in.i64(), in.i64(), in.i64(), in.i64()))
                .orElse(WorkDesk.Counters.NONE);
    }

    static Command.Keep keep(SunshineMemory sunshine) {
        Blend blend = sunshine.blend();
        ByteWriter out = new ByteWriter()
                .u8(VERSION)
                .f64(blend.share())
                .f64(blend.q10())
                .f64(blend.q50())
                .f64(blend.q90());
        out.f64(sunshine.widen()).i64(sunshine.trainedTo());
        out.u32(sunshine.questions().size());
        for (Question question : sunshine.questions()) {
            out.u32(question.window())
                    .u16(question.uid())
                    .u16(question.truth() + 1)
                    .u8(question.features().size());
            question.features().forEach(feature -> out.u32(Float.floatToIntBits(feature) & 0xFFFF_FFFFL));
        }
        out.u16(sunshine.skill().size());
        new TreeMap<>(sunshine.skill()).forEach((uid, skill) -> out.u16(uid).f64(skill));
        out.u16(sunshine.unrevealed().size());
        sunshine.unrevealed().forEach(reveal -> {
            out.u32(reveal.window()).sized(reveal.salt()).u16(reveal.forecasts().size());
            reveal.forecasts()
                    .forEach((uid, forecast) ->
                            out.u16(uid).u8(forecast.q10()).u8(forecast.q50()).u8(forecast.q90()));
        });
        return put(SUNSHINE, out);
    }

    SunshineMemory sunshine() {
        return read(SUNSHINE, Snapshots::readSunshine).orElse(SunshineMemory.NONE);
    }

    private static SunshineMemory readSunshine(ByteReader in) {
        Blend blend = new Blend(in.f64(), in.f64(), in.f64(), in.f64());
        double widen = in.f64();
        long trainedTo = in.i64();
        List<Question> questions = new ArrayList<>();
        for (long left = in.u32(); left > 0 && in.ok(); left--) {
            long window = in.u32();
            int uid = in.u16();
            int truth = in.u16() - 1;
            List<Float> features = new ArrayList<>();
            for (int more = in.u8(); more > 0; more--) {
                features.add(Float.intBitsToFloat((int) in.u32()));
            }
            questions.add(new Question(window, uid, features, truth));
        }
        TreeMap<Integer, Double> skill = new TreeMap<>();
        for (int left = in.u16(); left > 0 && in.ok(); left--) {
            skill.put(in.u16(), in.f64());
        }
        List<Payload.Reveal> unrevealed = new ArrayList<>();
        for (int left = in.u16(); left > 0 && in.ok(); left--) {
            long window = in.u32();
            Bytes salt = in.sized();
            TreeMap<Integer, QuantileForecast> forecasts = new TreeMap<>();
            for (int more = in.u16(); more > 0 && in.ok(); more--) {
                forecasts.put(in.u16(), new QuantileForecast(in.u8(), in.u8(), in.u8()));
            }
            unrevealed.add(new Payload.Reveal(window, salt, forecasts));
        }
        return new SunshineMemory(questions, skill, blend, widen, trainedTo, unrevealed);
    }

    /** @param slept empty once the node is back */
    static Command.Keep keep(Optional<RestDesk.Slept> slept) {
        ByteWriter out = new ByteWriter().u8(VERSION).u8(slept.isPresent() ? 1 : 0);
        slept.ifPresent(sleep -> out.i64(sleep.from().toEpochMilli())
                .i64(sleep.until().toEpochMilli())
                .i64(sleep.carried().toEpochMilli()));
        return put(SLEPT, out);
    }

    Optional<RestDesk.Slept> slept() {
        return read(
                        SLEPT,
                        in -> in.u8() == 0
                                ? Optional.<RestDesk.Slept>empty()
                                : Optional.of(new RestDesk.Slept(
                                        Instant.ofEpochMilli(in.i64()),
                                        Instant.ofEpochMilli(in.i64()),
                                        Instant.ofEpochMilli(in.i64()))))
                .flatMap(slept -> slept);
    }

    /** A proven fraud of the gateway, with the note that it signed: not forgotten by a restart. */
    static Command.Keep keepAlarm(String text, String note) {
        return put(ALARM, new ByteWriter().u8(VERSION).sized(Bytes.ofText(text)).sized(Bytes.ofText(note)));
    }

    static Optional<String> alarm(NodeMemory memory) {
        return new Snapshots(memory).read(ALARM, in -> {
            String text = in.sized().text();
            in.sized();
            return text;
        });
    }

    static Command.Keep keep(Model model) {
        return new Command.Keep.PutState(MODEL, Bytes.of(model.bytes()));
    }

    Optional<Model> model() {
        Bytes bytes = memory.states().get(MODEL);
        if (bytes == null) {
            return Optional.empty();
        }
        if (ModelValidator.validate(bytes.toArray()) instanceof Validation.Accepted(Model model)) {
            return Optional.of(model);
        }
        unreadable.add(MODEL);
        return Optional.empty();
    }
}

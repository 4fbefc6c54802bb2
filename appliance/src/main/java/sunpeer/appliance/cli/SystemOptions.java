package sunpeer.appliance.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sunpeer.appliance.config.NodeConfig;
import sunpeer.appliance.energy.BatterySpec;
import sunpeer.appliance.energy.Chemistry;
import sunpeer.appliance.energy.Panel;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.schedule.BoardDraw;
import sunpeer.appliance.service.Exit;
import sunpeer.appliance.sim.BoardPower;
import sunpeer.appliance.sim.Climate;
import sunpeer.appliance.sim.ClimateKind;
import sunpeer.appliance.sim.KnownPlace;
import sunpeer.appliance.sim.RecordedSky;
import sunpeer.appliance.sim.Sky;
import sunpeer.appliance.sim.Weather;
import sunpeer.appliance.sim.weather.WeatherReader;
import sunpeer.appliance.sim.weather.WeatherYear;
import sunpeer.appliance.sim.year.Plant;

/** Where a system stands and what it is built of, as options of a command. */
final class SystemOptions {
    private static final String DEFAULT_PLACE = "Berlin";
    private static final double PANEL_W = 100;
    private static final double BATTERY_AH = 50;

    private static final int WHOLE_YEAR_DAYS = 360;
    private static final int DAYS_MAX = 3650;
    private static final Duration HALF_A_DAY = Duration.ofHours(12);
    /** A year without a leap day, like those of typical weather. */
    private static final LocalDate START = LocalDate.of(2025, 1, 1);

    /** Boards by the words of the configuration. */
    enum BoardKind {
        ZERO2W("Zero 2 W", false),
        PI4("Pi 4", false),
        PI5("Pi 5", true),
        ORIN_NANO("Orin Nano", true);

        private final String label;
        /** A clock of its own wakes it. */
        private final boolean wakes;

        BoardKind(String label, boolean wakes) {
            this.label = label;
            this.wakes = wakes;
        }

        /** At its input. */
        private BoardPower power() {
            return switch (this) {
                case ZERO2W -> BoardPower.ZERO_2_W;
                case PI4 -> BoardPower.PI_4;
                case PI5 -> BoardPower.PI_5;
                case ORIN_NANO -> BoardPower.ORIN_NANO;
            };
        }
    }

    /** Kinds of battery by the words of the configuration. */
    enum BatteryKind {
        LFP(Chemistry.LFP, 12.8),
        FLOODED(Chemistry.LEAD_FLOODED, 12),
        AGM(Chemistry.LEAD_AGM, 12),
        GEL(Chemistry.LEAD_GEL, 12),
        LEAD_ACID(Chemistry.LEAD_ACID, 12),
        LI_ION(Chemistry.LI_ION, 11.1);

        private final Chemistry chemistry;
        private final double usualV;

        BatteryKind(Chemistry chemistry, double usualV) {
            this.chemistry = chemistry;
            this.usualV = usualV;
        }
    }

    @Option(
            names = "--place",
            paramLabel = "PLACE",
            description = {
                "a city (see below) or LAT,LON, for example 52.1,9.4",
                "(" + DEFAULT_PLACE + ", or that of the weather file)"
            })
    private @Nullable String place;

    @Option(
            names = "--climate",
            paramLabel = "KIND",
            description = {
                "weather of a kind of region: ${COMPLETION-CANDIDATES}",
                "(that of the city, or of the nearest one)"
            })
    private @Nullable ClimateKind climate;

    @Option(
            names = "--weather",
            paramLabel = "FILE",
            description = {
                "a year of measured or typical weather instead: CSV with time,ghi,tair,",
                "TMY3, EPW or the TMY of PVGIS; plain or gzip"
            })
    private @Nullable Path weather;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "another year of the climate (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "place, panel, battery and board of a node; options go before it")
    private @Nullable Path config;

    @Option(names = "--panel", paramLabel = "W", description = "watts of the panel's label (100)")
    private @Nullable Double panel;

    @Option(names = "--tilt", paramLabel = "DEG", description = "0 lies flat, 90 is upright (latitude + 5, at most 65)")
    private @Nullable Double tilt;

    @Option(names = "--azimuth", paramLabel = "DEG", description = "where it faces: 90 east, 180 south (the equator)")
    private @Nullable Double azimuth;

    @Option(names = "--battery", paramLabel = "AH", description = "ampere-hours of the battery's label (50)")
    private @Nullable Double battery;

    @Option(names = "--chemistry", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES} (LFP)")
    private @Nullable BatteryKind chemistry;

    @Option(names = "--volts", paramLabel = "V", description = "of the battery's label (12.8 for LFP, 12 for lead)")
    private @Nullable Double volts;

    @Option(names = "--board", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES} (PI4)")
    private @Nullable BoardKind board;

    @Option(
            names = "--sleep",
            description = {"the board sleeps at 0.25 W when nothing runs", "(PI5 and ORIN_NANO, whose clocks wake them)"
            })
    private boolean sleep;

    @Option(names = "--always-on", description = "it never sleeps (ZERO2W and PI4)")
    private boolean alwaysOn;

    @Option(names = "--days", paramLabel = "N", defaultValue = "365", description = "how long (${DEFAULT-VALUE})")
    private int days;

    /** What was chosen, or how the command ends after the reason was printed. */
    sealed interface Choice {
        /**
         * @param days to run; fewer than asked for where the weather file is short
         * @param where place and weather in words
         * @param what panel, battery and board in words
         */
        record Ok(Plant plant, LocalDate first, int days, String where, String what) implements Choice {}

        record Failed(int exit) implements Choice {}
    }

    @Spec(Spec.Target.MIXEE)
    void namePlaces(CommandSpec command) {
        command.usageMessage().footer("", "Cities: " + places() + ".");
    }

    private record Air(Sky sky, LocalDate first, int daysMax, String text) {}

    private static String places() {
        return KnownPlace.ALL.stream().map(KnownPlace::name).collect(Collectors.joining(", "));
    }

    Choice choose(Console console) {
        if (sleep && alwaysOn) {
            return usage(console, "--sleep and --always-on exclude each other");
        }
        if (days < 1 || days > DAYS_MAX) {
            return usage(console, "--days is from 1 to " + DAYS_MAX);
        }
        Optional<NodeConfig> node = Optional.empty();
        if (config != null) {
            node = console.node(config);
            if (node.isEmpty()) {
                return new Choice.Failed(Exit.CONFIG);
            }
        }
        try {
            Air air = air(node);
            Plant plant = plant(air.sky(), node);
            return new Choice.Ok(plant, air.first(), Math.min(days, air.daysMax()), air.text(), text(plant, node));
        } catch (IllegalArgumentException wrong) {
            return usage(console, String.valueOf(wrong.getMessage()));
        } catch (IOException failure) {
            console.failed(String.valueOf(failure.getMessage()));
            return new Choice.Failed(Exit.FAILED);
        }
    }

    private static Choice usage(Console console, String reason) {
        console.failed(reason);
        return new Choice.Failed(Exit.USAGE);
    }

    private Air air(Optional<NodeConfig> node) throws IOException {
        Optional<KnownPlace> city = Optional.ofNullable(place).flatMap(KnownPlace::named);
        Optional<Place> given = city.map(KnownPlace::place);
        if (given.isEmpty() && place != null) {
            given = Optional.of(coordinates(place));
        }
        if (given.isEmpty()) {
            given = node.map(known -> known.site().place());
        }
        if (weather != null) {
            return fromFile(weather, given);
        }
        if (given.isEmpty()) {
            city = KnownPlace.named(DEFAULT_PLACE);
        }
        Place here = given.or(() -> KnownPlace.named(DEFAULT_PLACE).map(KnownPlace::place))
                .orElseThrow();
        KnownPlace near = city.orElseGet(() -> KnownPlace.nearest(here));
        Weather kind = climate == null ? near.weather() : climate.weather();
        String text = coordinates(city, here) + ", weather " + seed + " "
                + (climate == null
                        ? climate(near, here)
                        : "of a " + climate.name().toLowerCase(Locale.ROOT) + " climate");
        return new Air(new Climate(seed, kind, here).site(here), START, DAYS_MAX, text);
    }

    private static String coordinates(Optional<KnownPlace> city, Place here) {
        String degrees = String.format(Locale.ROOT, "%.2f, %.2f", here.latitudeDeg(), here.longitudeDeg());
        return city.map(known -> known.name() + " (" + degrees + ")").orElse(degrees);
    }

    private static String climate(KnownPlace near, Place here) {
        String how = near.measured() ? "as measured" : "as estimated";
        long km = Math.round(near.km(here));
        return km < 1 ? how : how + " for " + near.name() + ", " + km + " km away";
    }

    private static Air fromFile(Path file, Optional<Place> given) throws IOException {
        WeatherYear year = WeatherReader.read(file);
        Place here = given.or(year::place)
                .orElseThrow(() -> new IllegalArgumentException(file + " names no place: give --place"));
        String text = String.format(
                Locale.ROOT,
                "%s, weather of %s: %d days in steps of %d min",
                coordinates(Optional.empty(), here),
                file.getFileName(),
                year.days(),
                Duration.ofSeconds(year.stepS()).toMinutes());
        boolean whole = year.days() >= WHOLE_YEAR_DAYS;
        // A whole year goes on at its end, so the nearest midnight will do; a short file lacks the rest of a day.
        Instant nearest = year.start()
                .plus(whole ? HALF_A_DAY : HALF_A_DAY.multipliedBy(2).minusSeconds(1));
        LocalDate first = nearest.atOffset(here.solarOffset()).toLocalDate();
        return new Air(new RecordedSky(year, here), first, whole ? DAYS_MAX : year.days() - 1, text);
    }

    private static Place coordinates(String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 2) {
                return new Place(Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()));
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("--place is LAT,LON or one of " + places());
    }

    private Plant plant(Sky sky, Optional<NodeConfig> node) {
        Panel mounted = node.map(NodeConfig::panel).orElseGet(() -> Panel.facingEquator(sky.place(), PANEL_W));
        Panel chosen = new Panel(
                panel == null ? mounted.wattsStc() : panel,
                tilt == null ? mounted.tiltDeg() : tilt,
                azimuth == null ? mounted.azimuthDeg() : azimuth);
        BatterySpec spec = battery(node);
        double usual = spec.chemistry().usualReserve();
        double reserve = chemistry != null
                ? usual
                : node.map(known -> known.battery().reserve()).orElse(usual);
        return new Plant(sky, chosen, spec, reserve, draw(node));
    }

    private BatterySpec battery(Optional<NodeConfig> node) {
        Optional<BatterySpec> own = node.map(known -> known.battery().spec());
        if (chemistry == null && volts == null && own.isPresent()) {
            BatterySpec known = own.get();
            return battery == null
                    ? known
                    : new BatterySpec(known.chemistry(), known.nominalV(), battery, known.absorptionV());
        }
        BatteryKind kind = chemistry == null ? BatteryKind.LFP : chemistry;
        double ampereHours = battery == null ? own.map(BatterySpec::capacityAh).orElse(BATTERY_AH) : battery;
        return BatterySpec.of(kind.chemistry, volts == null ? kind.usualV : volts, ampereHours);
    }

    private BoardDraw draw(Optional<NodeConfig> node) {
        boolean sleeps = sleep || (!alwaysOn && board != null && board.wakes);
        BoardDraw draw = board != null
                ? board.power().draw()
                : node.map(known -> known.profile().board())
                        .orElse(BoardKind.PI4.power().draw());
        return draw.sleeping(sleeps);
    }

    private String text(Plant plant, Optional<NodeConfig> node) {
        String name = board != null ? board.label : node.isPresent() ? "the board of " + config : BoardKind.PI4.label;
        return String.format(
                Locale.ROOT,
                "panel %.0f W (tilt %.0f°, azimuth %.0f°), battery %s %.1f V %.0f Ah, %s %s",
                plant.panel().wattsStc(),
                plant.panel().tiltDeg(),
                plant.panel().azimuthDeg(),
                plant.battery().chemistry().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                plant.battery().nominalV(),
                plant.battery().capacityAh(),
                name,
                plant.board().sleeps() ? "that sleeps" : "always on");
    }
}

package sunpeer.drivers.sunspec;

import static sunpeer.drivers.profile.Quantity.BATTERY_A;
import static sunpeer.drivers.profile.Quantity.BATTERY_C;
import static sunpeer.drivers.profile.Quantity.BATTERY_V;
import static sunpeer.drivers.profile.Quantity.BATTERY_W;
import static sunpeer.drivers.profile.Quantity.CHARGE_A;
import static sunpeer.drivers.profile.Quantity.CHARGE_W;
import static sunpeer.drivers.profile.Quantity.CONTROLLER_SOC;
import static sunpeer.drivers.profile.Quantity.STAGE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.profile.Block;
import sunpeer.drivers.profile.Block.Period;
import sunpeer.drivers.profile.Meaning;
import sunpeer.drivers.profile.Meaning.BitField;
import sunpeer.drivers.profile.Point;
import sunpeer.drivers.profile.Point.Condition;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Quantity;
import sunpeer.drivers.profile.Scaling;
import sunpeer.drivers.profile.Scaling.Factor;
import sunpeer.drivers.profile.Source;
import sunpeer.drivers.profile.Type;
import sunpeer.drivers.sunspec.Chain.Link;
import sunpeer.drivers.sunspec.Model.Group;
import sunpeer.drivers.sunspec.Model.ModelPoint;
import sunpeer.drivers.transport.Request;

/**
 * A chain of models as a profile: each point as a detail ({@code "802.SoC"}, {@code "160.1.DCV"}, {@code "64111-2.BattV"} for the
 * second of two), and those that a reading is made of as quantities. Confined to one making.
 */
final class ChainProfile {
    /** Trackers, strings, modules or cells that are read of one model. */
    private static final int MEMBERS_MAX = 32;

    private static final int FUNCTION = 3;
    private static final int CHARGE_CONTROLLER = 64111;
    private static final int COUNT_MAX = 0xFFFE;
    private static final String FIRST_MEMBER = "1.";
    /** The standard says so, no capture of a device was at hand. */
    private static final String CONFIDENCE = "B";

    private static final SortedSet<String> SOURCES =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of("github.com/sunspec/models")));

    private static final Map<Long, ChargeStage> OUTBACK_STAGES = Map.of(
            0L, ChargeStage.OFF,
            1L, ChargeStage.FLOAT,
            2L, ChargeStage.BULK,
            3L, ChargeStage.ABSORPTION,
            4L, ChargeStage.EQUALIZE);

    /** A point that fills a field of the reading. */
    private record Use(Quantity quantity, int model, String point, double min, double max) {}

    /**
     * The first that is there counts: the battery's own meter before what a charger or an inverter sees of it. The direction of
     * the current is not settled by the standard: {@link Completion} does that.
     */
    private static final List<Use> USES = List.of(
            new Use(BATTERY_V, 802, "V", 5, 1500),
            new Use(BATTERY_V, 64111, "BattV", 5, 75),
            new Use(BATTERY_V, 124, "InBatV", 5, 1500),
            new Use(BATTERY_V, 803, "StrVAvg", 5, 1500),
            new Use(BATTERY_V, 804, "V", 5, 1500),
            new Use(BATTERY_A, 802, "A", -2000, 2000),
            new Use(BATTERY_A, 803, "1.StrA", -2000, 2000),
            new Use(BATTERY_A, 804, "A", -2000, 2000),
            new Use(BATTERY_W, 802, "W", -500_000, 500_000),
            new Use(BATTERY_C, 803, "ModTmpAvg", -40, 90),
            new Use(BATTERY_C, 804, "ModTmpAvg", -40, 90),
            new Use(BATTERY_C, 805, "CellTmpAvg", -40, 90),
            new Use(CONTROLLER_SOC, 802, "SoC", 0, 100),
            new Use(CONTROLLER_SOC, 713, "SoC", 0, 100),
            new Use(CONTROLLER_SOC, 124, "ChaState", 0, 100),
            new Use(CONTROLLER_SOC, 803, "1.StrSoC", 0, 100),
            new Use(CONTROLLER_SOC, 804, "SoC", 0, 100),
            new Use(CHARGE_A, 64111, "OutputA", 0, 150),
            new Use(CHARGE_W, 64111, "OutputW", 0, 8000),
            new Use(STAGE, 64111, "ChargerSt", 0, 4));

    private final List<Placed> placed = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    private ChainProfile() {}

    /** A model where the device has it. */
    private record Placed(Model model, Link link, String prefix) {
        /** Whether the device's own length holds these registers; it is believed more than the table. */
        boolean holds(int register, int words) {
            return register + words <= Model.HEAD + link.length();
        }

        int members() {
            return model.group()
                    .map(group -> (Model.HEAD + link.length() - group.first()) / group.length())
                    .map(fitting -> Math.clamp(fitting, 0, MEMBERS_MAX))
                    .orElse(0);
        }
    }

    /** A point at its register in the model, be it of a member of the group or not. */
    private record Spot(Placed placed, ModelPoint point, int register, String name, List<Condition> conditions) {
        int address() {
            return placed.link().address() + register;
        }

        boolean fits() {
            return placed.holds(register, point.words());
        }
    }

    /** Empty when nothing in the chain can be read: a meter. What does not tell the battery's voltage is an inverter. */
    static Optional<Profile> of(Chain chain, Profile family) {
        return new ChainProfile().make(chain, family);
    }

    private Optional<Profile> make(Chain chain, Profile family) {
        Map<Integer, Integer> seen = new HashMap<>();
        for (Link link : chain.links()) {
            int instance = seen.merge(link.number(), 1, Integer::sum);
            Model model = Models.known().get(link.number());
            if (model != null) {
                placed.add(new Placed(model, link, link.number() + (instance == 1 ? "" : "-" + instance)));
            }
        }
        USES.forEach(this::addUse);
        Optional<Integer> battery = points.stream()
                .filter(point -> point.quantity().equals(Optional.of(BATTERY_V)))
                .findFirst()
                .map(point -> ((Source.Register) point.source()).address());
        for (Placed model : placed) {
            List<Spot> spots = spots(model);
            addBlocks(model, spots);
            spots.stream()
                    .filter(spot -> spot.point().type() != PointType.SUNSSF)
                    .forEach(this::addDetail);
        }
        Optional<Integer> first = battery.or(() -> blocks.stream()
                .filter(block -> block.period() == Period.FAST)
                .findFirst()
                .map(Block::start));
        return first.map(address -> {
            putFirst(address);
            return profile(chain, family, kind(battery.isPresent()));
        });
    }

    private Profile.Kind kind(boolean hasBattery) {
        if (!hasBattery) {
            return Profile.Kind.INVERTER;
        }
        return placed.stream().anyMatch(model -> model.model().number() == CHARGE_CONTROLLER)
                ? Profile.Kind.CHARGE_CONTROLLER
                : Profile.Kind.BATTERY_MONITOR;
    }

    private Profile profile(Chain chain, Profile family, Profile.Kind kind) {
        return new Profile(
                family.id(),
                (family.family() + " " + chain.maker()).strip(),
                kind,
                Profile.Protocol.MODBUS,
                family.serial(),
                family.tcp(),
                family.baud(),
                family.unit(),
                family.tcpPort(),
                family.gapMillis(),
                false,
                blocks,
                points,
                List.of());
    }

    /** The points that the device has room for, from low to high. */
    private static List<Spot> spots(Placed model) {
        List<Spot> spots = new ArrayList<>();
        for (ModelPoint point : model.model().points()) {
            spots.add(new Spot(model, point, point.register(), model.prefix() + "." + point.name(), List.of()));
        }
        for (int member = 1; member <= model.members(); member++) {
            spots.addAll(members(model, model.model().group().orElseThrow(), member));
        }
        spots.removeIf(spot -> !spot.fits());
        spots.sort(Comparator.comparingInt(Spot::register));
        return spots;
    }

    private static List<Spot> members(Placed model, Group group, int member) {
        List<Condition> counted = model.model().point(group.count()).stream()
                .map(count -> new Condition(
                        Source.Register.number(
                                FUNCTION,
                                model.link().address() + count.register(),
                                count.type().type(),
                                false),
                        member,
                        COUNT_MAX))
                .toList();
        int first = group.first() + (member - 1) * group.length();
        return group.points().stream()
                .map(point -> new Spot(
                        model,
                        point,
                        first + point.register(),
                        "%s.%d.%s".formatted(model.prefix(), member, point.name()),
                        counted))
                .toList();
    }

    /** As few requests as possible, the first one with the head in it; no point is torn. */
    private void addBlocks(Placed model, List<Spot> spots) {
        int start = 0;
        int end = Model.HEAD;
        for (Spot spot : spots) {
            int spotEnd = spot.register() + spot.point().words();
            if (spotEnd - start > Request.Registers.COUNT_MAX) {
                addBlock(model, start, end);
                start = spot.register();
            }
            end = Math.max(end, spotEnd);
        }
        addBlock(model, start, end);
    }

    private void addBlock(Placed model, int start, int end) {
        int address = model.link().address() + start;
        blocks.add(new Block(FUNCTION, address, end - start, model.model().period(), true, List.of()));
    }

    /** Without this block there is no reading: it is read first and at every poll. */
    private void putFirst(int address) {
        for (Block block : List.copyOf(blocks)) {
            if (address >= block.start() && address < block.start() + block.count()) {
                blocks.remove(block);
                blocks.addFirst(new Block(FUNCTION, block.start(), block.count(), Period.FAST, false, List.of()));
            }
        }
    }

    private void addUse(Use use) {
        List<Placed> models = placed.stream()
                .filter(model -> model.model().number() == use.model())
                .toList();
        boolean anyWillDo = use.quantity() == BATTERY_V || use.quantity() == BATTERY_C || use.quantity() == STAGE;
        if (models.isEmpty() || (models.size() > 1 && !anyWillDo)) {
            return; // the current of one of two batteries would be a wrong value
        }
        Placed model = models.getFirst();
        String name = model.prefix() + "." + use.point();
        boolean oneOfMany = use.point().startsWith(FIRST_MEMBER) && model.members() > 1;
        spots(model).stream()
                .filter(spot -> spot.name().equals(name) && !oneOfMany)
                .forEach(spot -> points.add(new Point(
                        use.quantity().key(),
                        Optional.of(use.quantity()),
                        source(spot),
                        use.quantity() == STAGE ? new Meaning.Stage(OUTBACK_STAGES) : number(spot),
                        spot.conditions(),
                        use.min(),
                        use.max(),
                        spot.point().type().notImplemented(),
                        Set.of(),
                        false,
                        CONFIDENCE,
                        SOURCES)));
    }

    private void addDetail(Spot spot) {
        points.add(new Point(
                spot.name(),
                Optional.empty(),
                source(spot),
                meaning(spot),
                spot.conditions(),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                spot.point().type().notImplemented(),
                Set.of(),
                false,
                CONFIDENCE,
                SOURCES));
    }

    private static Source.Register source(Spot spot) {
        ModelPoint point = spot.point();
        return new Source.Register(
                FUNCTION, spot.address(), point.type().type(), point.words(), false, false, -1, 0, List.of());
    }

    private static Meaning meaning(Spot spot) {
        Map<Long, String> names = spot.point().names();
        return switch (spot.point().type()) {
            case STRING -> new Meaning.Text();
            case ENUM16 -> new Meaning.States(names);
            case BITFIELD16, BITFIELD32 ->
                new Meaning.Flags(names.entrySet().stream()
                        .map(bit -> new BitField(
                                bit.getKey().intValue(), bit.getKey().intValue(), Map.of(1L, bit.getValue())))
                        .sorted(Comparator.comparingInt(BitField::low))
                        .toList());
            default -> number(spot);
        };
    }

    private static Meaning number(Spot spot) {
        Placed model = spot.placed();
        List<Factor> factors = model.model().point(spot.point().scaleFactor()).stream()
                .map(factor -> new Factor(
                        factor.name(),
                        Source.Register.number(FUNCTION, model.link().address() + factor.register(), Type.S16, false),
                        1,
                        Scaling.Use.POWER_OF_TEN))
                .toList();
        return new Meaning.Amount(new Scaling(1, 1, 0, 0, factors), spot.point().unit());
    }
}

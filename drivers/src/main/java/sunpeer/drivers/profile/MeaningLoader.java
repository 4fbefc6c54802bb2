package sunpeer.drivers.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.profile.Meaning.BitField;
import sunpeer.drivers.profile.Scaling.Factor;

/** Reads what the raw content of a point stands for. Pure. */
final class MeaningLoader {
    /** A unit that is not here is a typing error, or belongs here. */
    private static final Set<String> UNITS = Set.of(
            "count", "V", "mV", "A", "mA", "W", "kW", "VA", "var", "Wh", "kWh", "VAh", "Ah", "C", "percent", "s", "min",
            "h", "d", "Hz", "ohm", "mohm", "kg", "t", "mV/C");

    private MeaningLoader() {}

    static Meaning meaning(TomlView view, Optional<Quantity> quantity, Source source, Map<String, Factor> factors) {
        if (SourceLoader.isText(source)) {
            if (quantity.isPresent()) {
                throw view.error("type", "is a text, and this point is a number");
            }
            return new Meaning.Text();
        }
        Optional<Type> type =
                source instanceof Source.Register register ? Optional.of(register.type()) : Optional.empty();
        boolean stage = quantity.equals(Optional.of(Quantity.STAGE));
        boolean states = quantity.isEmpty()
                && (view.has("states") || type.equals(Optional.of(Type.ENUM)) || type.equals(Optional.of(Type.BIT)));
        boolean flags = quantity.isEmpty() && (view.has("bits") || type.equals(Optional.of(Type.BITS)));
        if ((stage || states || flags) && type.isPresent() && !type.get().isWhole()) {
            throw view.error("type", "has no whole numbers that could be named");
        }
        if (stage) {
            return new Meaning.Stage(stages(view.table("stages")));
        }
        if (states) {
            return new Meaning.States(texts(view.table("states"), SourceLoader.largest(source)));
        }
        if (flags) {
            return new Meaning.Flags(view.has("bits") ? bits(view.table("bits"), source) : List.of());
        }
        return number(view, quantity, factors);
    }

    private static Meaning number(TomlView view, Optional<Quantity> quantity, Map<String, Factor> factors) {
        String unit = view.text("unit");
        if (quantity.isPresent() && !unit.equals(quantity.get().unit())) {
            throw view.error("unit", "must be " + quantity.get().unit());
        }
        if (!UNITS.contains(unit)) {
            throw view.error("unit", "\"" + unit + "\" is no unit known here");
        }
        List<Factor> by = new ArrayList<>();
        for (Object name : view.elements("scale_by")) {
            if (!(name instanceof String text) || !factors.containsKey(text)) {
                throw view.error("scale_by", name + " is no [factor]");
            }
            by.add(factors.get(text));
        }
        Scaling scaling = new Scaling(
                PointLoader.nonZero(view, "scale"),
                PointLoader.nonZero(view, "divisor"),
                view.number("bias", 0),
                view.number("offset", 0),
                by);
        return new Meaning.Amount(scaling, unit.equals("count") ? "" : unit);
    }

    private static Map<Long, ChargeStage> stages(TomlView view) {
        Map<Long, ChargeStage> stages = new HashMap<>();
        for (String key : view.keys()) {
            try {
                stages.put(Long.parseLong(key), ChargeStage.valueOf(view.text(key)));
            } catch (IllegalArgumentException _) {
                throw view.error(key, "is not a number = \"STAGE\"");
            }
        }
        return filled(view, stages);
    }

    /** @param largest the largest number that can come; -1 when any can */
    private static Map<Long, String> texts(TomlView view, long largest) {
        Map<Long, String> texts = new HashMap<>();
        for (String key : view.keys()) {
            if (!key.matches("[0-9]{1,18}") || (largest != -1 && Long.parseLong(key) > largest)) {
                throw view.error(key, "is no number that can come");
            }
            texts.put(Long.parseLong(key), view.text(key));
        }
        return filled(view, texts);
    }

    /** {@code 4 = "text"} for a flag, {@code 0-3 = { 0 = "text", ... }} for a small number. */
    private static List<BitField> bits(TomlView view, Source source) {
        List<BitField> fields = new ArrayList<>();
        long taken = 0;
        for (String key : view.keys()) {
            if (!key.matches("[0-9]{1,2}(-[0-9]{1,2})?")) {
                throw view.error(key, "is neither a bit nor a range like 0-3");
            }
            int dash = key.indexOf('-');
            int low = Integer.parseInt(dash < 0 ? key : key.substring(0, dash));
            int high = Integer.parseInt(key.substring(dash + 1));
            long largest = SourceLoader.largest(source);
            if (low > high || high > 63 || (largest != -1 && high >= Long.SIZE - Long.numberOfLeadingZeros(largest))) {
                throw view.error(key, "lies outside the register");
            }
            long mask = (high - low == 63 ? -1 : (1L << (high - low + 1)) - 1) << low;
            if ((taken & mask) != 0) {
                throw view.error(key, "takes a bit that is taken");
            }
            taken |= mask;
            Map<Long, String> texts = dash < 0 ? Map.of(1L, view.text(key)) : texts(view.table(key), mask >>> low);
            fields.add(new BitField(low, high, texts));
        }
        if (fields.isEmpty()) {
            throw view.error("bits", "is empty");
        }
        return fields;
    }

    private static <T> Map<Long, T> filled(TomlView view, Map<Long, T> map) {
        if (map.isEmpty()) {
            throw view.error("states", "is empty");
        }
        return map;
    }
}

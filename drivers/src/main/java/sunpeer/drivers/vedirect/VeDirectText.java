package sunpeer.drivers.vedirect;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a block means that a table of labels cannot say. Pure. */
final class VeDirectText {
    /** Derived: the firmware for people. */
    static final String FIRMWARE = "firmware";
    /** Derived: what the PID stands for. */
    static final String PRODUCT = "product";
    /** Derived: the field I where it is not the battery's current but the converter's output. */
    static final String CONVERTER_CURRENT = "I converter";

    private static final Set<String> SWITCHES = Set.of("LOAD", "Alarm", "Relay");
    /** BlueSolar 75|15 and 100|15. */
    private static final Set<String> CONVERTER_CURRENT_ONCE = Set.of("0XA042", "0XA043");

    private static final int NET_CURRENT_SINCE = 115;
    /** A letter is a release candidate: C208. */
    private static final Pattern FW = Pattern.compile("([A-F]?)0?([0-9])([0-9]{2})");
    /** Major, minor, then FF for a release. */
    private static final Pattern FWE = Pattern.compile("0?([0-9A-F]{1,2})([0-9A-F]{2})([0-9A-F]{2})");

    private static final Pattern PID = Pattern.compile("0[xX][0-9A-Fa-f]{1,4}");

    private static final Map<Integer, String> PRODUCTS = Map.ofEntries(
            Map.entry(0x0203, "BMV-700"),
            Map.entry(0x0204, "BMV-702"),
            Map.entry(0x0205, "BMV-700H"),
            Map.entry(0xA042, "BlueSolar 75|15"),
            Map.entry(0xA043, "BlueSolar 100|15"),
            Map.entry(0xA04C, "BlueSolar 75|10"),
            Map.entry(0xA053, "SmartSolar 75|15"),
            Map.entry(0xA054, "SmartSolar 75|10"),
            Map.entry(0xA055, "SmartSolar 100|15"),
            Map.entry(0xA056, "SmartSolar 100|30"),
            Map.entry(0xA057, "SmartSolar 100|50"),
            Map.entry(0xA058, "SmartSolar 150|35"),
            Map.entry(0xA05F, "SmartSolar 100|20"),
            Map.entry(0xA060, "SmartSolar 100|20 48V"),
            Map.entry(0xA066, "BlueSolar 100|20"),
            Map.entry(0xA381, "BMV-712 Smart"),
            Map.entry(0xA389, "SmartShunt 500A"));

    private VeDirectText() {}

    /** The same block with switches in capitals, the firmware as people write it, and the current under its right name. */
    static Map<String, String> readable(Map<String, String> block) {
        Map<String, String> fields = new LinkedHashMap<>(block);
        SWITCHES.forEach(label -> fields.computeIfPresent(label, (_, text) -> text.toUpperCase(Locale.ROOT)));
        firmware(block).ifPresent(text -> fields.put(FIRMWARE, text));
        product(block.getOrDefault("PID", "")).ifPresent(text -> fields.put(PRODUCT, text));
        String current = fields.get("I");
        if (current != null && isConverterCurrent(block)) {
            fields.remove("I");
            fields.put(CONVERTER_CURRENT, current);
        }
        return fields;
    }

    private static boolean isConverterCurrent(Map<String, String> block) {
        if (block.containsKey("PPV") && !block.containsKey("IL")) {
            return true; // an MPPT without a load output: whatever hangs on the battery is not seen
        }
        Matcher fw = FW.matcher(block.getOrDefault("FW", ""));
        return CONVERTER_CURRENT_ONCE.contains(block.getOrDefault("PID", "").toUpperCase(Locale.ROOT))
                && fw.matches()
                && Integer.parseInt(fw.group(2) + fw.group(3)) < NET_CURRENT_SINCE;
    }

    private static Optional<String> firmware(Map<String, String> block) {
        Matcher fw = FW.matcher(block.getOrDefault("FW", ""));
        if (fw.matches()) {
            String version = fw.group(2) + "." + fw.group(3);
            return Optional.of(fw.group(1).isEmpty() ? version : version + " release candidate " + fw.group(1));
        }
        Matcher fwe = FWE.matcher(block.getOrDefault("FWE", "").toUpperCase(Locale.ROOT));
        if (fwe.matches()) {
            String version = fwe.group(1) + "." + fwe.group(2);
            return Optional.of(fwe.group(3).equals("FF") ? version : version + " beta " + fwe.group(3));
        }
        return Optional.empty();
    }

    /** The name, or for a product of another year what kind of device has such numbers. */
    private static Optional<String> product(String pid) {
        if (!PID.matcher(pid).matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(pid.substring(2), 16);
        String known = PRODUCTS.get(number);
        return Optional.of(known != null ? known : kind(number) + "0x%04X".formatted(number));
    }

    private static String kind(int product) {
        return switch (product >> 4) {
            case 0x030, 0xA04, 0xA05, 0xA06, 0xA07, 0xA10, 0xA11 -> "MPPT ";
            case 0xA38 -> "battery monitor ";
            case 0xA34 -> "charger ";
            default -> product >> 8 == 0xA2 ? "inverter " : "";
        };
    }
}

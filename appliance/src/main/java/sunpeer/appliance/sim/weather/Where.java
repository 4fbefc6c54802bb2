package sunpeer.appliance.sim.weather;

import java.io.IOException;

/**
 * A spot in a file. Immutable.
 *
 * @param spot behind the file's name: {@code :12} or {@code : outputs.tmy_hourly[3]}
 */
record Where(String file, String spot) {
    IOException wrong(String what) {
        return new IOException(file + spot + ": " + what);
    }

    double number(String name, String text) throws IOException {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw wrong(name + " is \"" + shortened(text) + "\", not a number: correct or fill it");
    }

    int whole(String name, String text, int min, int max) throws IOException {
        double number = number(name, text);
        if (number != Math.rint(number) || number < min || number > max) {
            throw wrong(name + " is " + shortened(text) + ", it is a whole number from " + min + " to " + max);
        }
        return (int) number;
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}

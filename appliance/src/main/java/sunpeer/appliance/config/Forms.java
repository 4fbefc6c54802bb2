package sunpeer.appliance.config;

import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sunpeer.appliance.ledger.Bytes;
import sunpeer.appliance.ledger.PeerKey;
import sunpeer.drivers.board.BoardModel;

/** The forms of text that more than a pattern decides. */
final class Forms {
    private static final Pattern HOST_PORT = Pattern.compile(
            "([A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})");
    private static final Pattern DEVICE = Pattern.compile("/dev/[^\\s\\p{Cntrl}]{1,200}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final Pattern USER = Pattern.compile("[^\\p{Cntrl}]{1,128}");
    private static final Pattern KEY = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern BUS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._:@()-]{0,63}");
    private static final Pattern DS18B20 = Pattern.compile("ds18b20:(28-[0-9a-f]{12})");
    private static final List<Integer> PINS = BoardModel.linePins();
    private static final String HEADER_PIN = "the number of a header pin that is no supply, ground or I2C: "
            + Shown.anyOf(PINS.stream().map(String::valueOf).toList());
    private static final int MAX_PORT = 65_535;

    /** A host and a port; IPv6 without its brackets. */
    record Endpoint(String host, int port) {}

    private Forms() {}

    static Form<String> name() {
        return pattern("1 to 32 letters without accents, digits, - or _", NAME);
    }

    static Form<String> device() {
        return pattern("the adapter's device, which begins with /dev/", DEVICE);
    }

    static Form<String> user() {
        return pattern("the name that the broker knows this peer by", USER);
    }

    private static Form<String> pattern(String wanted, Pattern pattern) {
        return Form.text(wanted, text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    }

    static Form<ZoneId> zone() {
        return Form.text("a time zone as region/city", text -> {
            try {
                // ZoneId.of takes offsets and abbreviations too: they do not know summer time, and regions do.
                return ZoneId.getAvailableZoneIds().contains(text) ? Optional.of(ZoneId.of(text)) : Optional.empty();
            } catch (DateTimeException noRules) {
                return Optional.empty();
            }
        });
    }

    static Form<Path> path(String what) {
        return Form.text(what, text -> {
            try {
                return text.isBlank() || text.length() > 1000 ? Optional.empty() : Optional.of(Path.of(text));
            } catch (InvalidPathException notHere) {
                return Optional.empty();
            }
        });
    }

    static Form<Endpoint> endpoint() {
        return Form.text("a host and a port with a colon between them", Forms::endpoint);
    }

    private static Optional<Endpoint> endpoint(String text) {
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String host = parts.group(1);
        int port = Integer.parseInt(parts.group(2));
        return port < 1 || port > MAX_PORT
                ? Optional.empty()
                : Optional.of(new Endpoint(host.replace("[", "").replace("]", ""), port));
    }

    static Form<Endpoint> broker() {
        String wanted =
                "mqtt:// and the broker's host, and a colon and its port if that is not " + Broker.STANDARD_PORT;
        String password =
                "has a user or password in it: give them by user and password_file, because this file is shown,"
                        + " mailed and backed up";
        return new Form<>(wanted, value -> {
            if (!(value instanceof String text)) {
                return new Form.Answer.Bad<>("give " + wanted + ", in quotes");
            }
            if (text.contains("@")) {
                return new Form.Answer.Bad<>(password);
            }
            return mqtt(text)
                    .<Form.Answer<Endpoint>>map(Form.Answer.Good::new)
                    .orElseGet(() -> new Form.Answer.Bad<>("give " + wanted));
        });
    }

    private static Optional<Endpoint> mqtt(String text) {
        String prefix = "mqtt://";
        if (!text.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = text.substring(prefix.length());
        String address = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        return endpoint(address).or(() -> endpoint(address + ":" + Broker.STANDARD_PORT));
    }

    static Form<String> localAddress() {
        return Form.text("an IP address of this machine, or 0.0.0.0 for all of them", text -> {
            try {
                return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
            } catch (IllegalArgumentException notAnAddress) {
                return Optional.empty();
            }
        });
    }

    static Form<String> bus() {
        return pattern("the name of an I2C controller or adapter", BUS);
    }

    /** Only those that are a line on some board: a wrong number here may be a short. */
    static Form<Integer> headerPin() {
        return Form.wholeIf(HEADER_PIN, HEADER_PIN, number -> PINS.stream().anyMatch(pin -> pin.longValue() == number));
    }

    static Form<Header.Thermometer> thermometer() {
        return Form.text(
                "\"ds18b20\", \"ds18b20:\" and its id if there are several, \"sht3x\" or \"sht4x\"",
                text -> switch (text) {
                    case "sht3x" -> Optional.of(new Header.Thermometer.Sht3x());
                    case "sht4x" -> Optional.of(new Header.Thermometer.Sht4x());
                    case "ds18b20" -> Optional.of(new Header.Thermometer.Ds18b20(""));
                    default -> {
                        Matcher one = DS18B20.matcher(text);
                        yield one.matches()
                                ? Optional.of(new Header.Thermometer.Ds18b20(one.group(1)))
                                : Optional.empty();
                    }
                });
    }

    static Form<PeerKey> key() {
        return Form.text(
                "the 64 hexadecimal digits that the gateway shows as its key",
                text -> KEY.matcher(text).matches() ? Optional.of(new PeerKey(Bytes.ofHex(text))) : Optional.empty());
    }
}

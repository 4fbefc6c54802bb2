package sunpeer.appliance.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import sunpeer.drivers.ChargeStage;
import sunpeer.drivers.Quality;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/**
 * A reading as a row that people can query: units in the names of the columns, NULL for what the device does not have, and one
 * letter of quality a value in {@code quality}, in the order of the columns.
 */
final class ReadingRow {
    private static final List<String> VALUES = List.of(
            "battery_v",
            "battery_a",
            "charge_a",
            "load_a",
            "load_w",
            "pv_v",
            "pv_a",
            "pv_w",
            "battery_c",
            "controller_soc_percent",
            "pv_energy_total_wh");

    /** The id counts up with the rows: a clock that jumped cannot make old rows look new, or the other way round. */
    static final String TABLE = "CREATE TABLE reading (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL,"
            + " origin TEXT NOT NULL, " + String.join(" REAL, ", VALUES) + " REAL, quality TEXT NOT NULL,"
            + " stage TEXT NOT NULL) STRICT";

    private static final String COLUMNS = "at_ms, origin, " + String.join(", ", VALUES) + ", quality, stage";
    static final String INSERT =
            "INSERT INTO reading (" + COLUMNS + ") VALUES (?, ?" + ", ?".repeat(VALUES.size()) + ", ?, ?)";
    static final String SELECT_NEWEST = "SELECT " + COLUMNS + " FROM reading ORDER BY id DESC LIMIT ?";

    private static final int FIRST_VALUE = 3;
    private static final int QUALITY = FIRST_VALUE + VALUES.size();
    private static final int STAGE = QUALITY + 1;

    private ReadingRow() {}

    static void bind(PreparedStatement insert, Reading reading) throws SQLException {
        insert.setLong(1, reading.at().toEpochMilli());
        insert.setString(2, reading.origin());
        StringBuilder quality = new StringBuilder();
        int column = FIRST_VALUE;
        for (Value value : values(reading)) {
            if (value.quality() == Quality.ABSENT) {
                insert.setNull(column++, Types.REAL);
            } else {
                insert.setDouble(column++, value.number());
            }
            quality.append(letter(value.quality()));
        }
        insert.setString(QUALITY, quality.toString());
        insert.setString(STAGE, reading.stage().name());
    }

    private static List<Value> values(Reading reading) {
        return List.of(
                reading.batteryV(),
                reading.batteryA(),
                reading.chargeA(),
                reading.loadA(),
                reading.loadW(),
                reading.pvV(),
                reading.pvA(),
                reading.pvW(),
                reading.batteryC(),
                reading.controllerSocPercent(),
                reading.pvEnergyTotalWh());
    }

    static Reading read(ResultSet row) throws SQLException {
        String quality = row.getString(QUALITY);
        Value[] values = new Value[VALUES.size()];
        for (int i = 0; i < values.length; i++) {
            double number = row.getDouble(FIRST_VALUE + i);
            // Somebody else's UPDATE or a flipped bit may have made the two disagree: then it is not known.
            boolean absent = row.wasNull() || i >= quality.length();
            values[i] = absent ? Value.ABSENT : value(number, quality.charAt(i));
        }
        return new Reading(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getString(2),
                values[0],
                values[1],
                values[2],
                values[3],
                values[4],
                values[5],
                values[6],
                values[7],
                values[8],
                values[9],
                values[10],
                stage(row.getString(STAGE)));
    }

    private static char letter(Quality quality) {
        return switch (quality) {
            case GOOD -> 'g';
            case SUSPECT -> 's';
            case STALE -> 'o';
            case ABSENT -> '-';
        };
    }

    private static Value value(double number, char letter) {
        return switch (letter) {
            case 'g' -> new Value(number, Quality.GOOD);
            case 's' -> new Value(number, Quality.SUSPECT);
            case 'o' -> new Value(number, Quality.STALE);
            default -> Value.ABSENT;
        };
    }

    private static ChargeStage stage(String name) {
        for (ChargeStage stage : ChargeStage.values()) {
            if (stage.name().equals(name)) {
                return stage;
            }
        }
        return ChargeStage.UNKNOWN;
    }
}

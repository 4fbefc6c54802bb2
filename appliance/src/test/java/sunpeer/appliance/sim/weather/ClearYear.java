package sunpeer.appliance.sim.weather;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import sunpeer.appliance.energy.Place;
import sunpeer.appliance.energy.Sun;
import sunpeer.appliance.energy.SunPosition;

/** A year of clear sky over one place, written in the format of each maker. */
final class ClearYear {
    static final Place PLACE = new Place(40.13, -105.24);
    static final int HOURS = 8760;
    static final double PVGIS_OFFSET_H = 0.18;
    private static final int ZONE_H = -7;
    private static final LocalDateTime FIRST = LocalDateTime.of(2021, 1, 1, 0, 0);
    private static final Sun SUN = new Sun(PLACE);
    private static final double DIFFUSE = 0.15;

    private ClearYear() {}

    /** GHI, DNI, DHI and air at a moment. */
    private static String values(Instant at) {
        SunPosition sun = SUN.at(at);
        double ghi = sun.clearSkyGhiWm2();
        double dni = ghi <= 0 ? 0 : Math.min(1100, (1 - DIFFUSE) * ghi / Math.max(0.065, sun.cosZenith()));
        return String.format(Locale.ROOT, "%.1f,%.1f,%.1f,%.1f", ghi, dni, DIFFUSE * ghi, 12.0);
    }

    private static Instant middle(LocalDateTime begin, int zoneH) {
        return begin.toInstant(ZoneOffset.ofHours(zoneH)).plusSeconds(1800);
    }

    static String plain(boolean epoch) {
        StringBuilder out = new StringBuilder(epoch ? "epoch,ghi,dni,dhi,tair\n" : "time,GHI,DNI,DHI,temp_air\n");
        for (int hour = 0; hour < HOURS; hour++) {
            LocalDateTime begin = FIRST.plusHours(hour);
            String time = epoch ? Long.toString(begin.toEpochSecond(ZoneOffset.UTC)) : begin + ":00+00:00";
            out.append(time.replace('T', ' '))
                    .append(',')
                    .append(values(middle(begin, 0)))
                    .append('\n');
        }
        return out.toString();
    }

    static String tmy3() {
        StringBuilder out = new StringBuilder("724699,\"BROOMFIELD, JEFFCO\",CO,-7.0,40.130,-105.240,1724\r\n");
        out.append("Date (MM/DD/YYYY),Time (HH:MM),ETR (W/m^2),GHI (W/m^2),DNI (W/m^2),DHI (W/m^2),Dry-bulb (C),x\r\n");
        for (int hour = 0; hour < HOURS; hour++) {
            LocalDateTime begin = FIRST.plusHours(hour);
            out.append(String.format(
                    Locale.ROOT,
                    "%02d/%02d/%d,%02d:00,0,%s,9\r%n",
                    begin.getMonthValue(),
                    begin.getDayOfMonth(),
                    begin.getMonthValue() == 2 ? 1996 : 2001,
                    begin.getHour() + 1,
                    values(middle(begin, ZONE_H))));
        }
        return out.toString();
    }

    static String epw() {
        StringBuilder out = new StringBuilder("LOCATION,Boulder,CO,USA,TMY3,724699,40.13,-105.24,-7.0,1634.0\n");
        out.append("DESIGN CONDITIONS,0\nTYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\n");
        out.append("HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\nCOMMENTS 1,é\nCOMMENTS 2,\n");
        out.append("DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n");
        for (int hour = 0; hour < HOURS; hour++) {
            LocalDateTime begin = FIRST.plusHours(hour);
            String[] values = values(middle(begin, ZONE_H)).split(",", -1);
            out.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%d,60,?9?9,%s,1.0,50,84000,0,1415,300,%s,%s,%s,0,0,0,0,180,2.0%n",
                    begin.getMonthValue() == 3 ? 1988 : 1995,
                    begin.getMonthValue(),
                    begin.getDayOfMonth(),
                    begin.getHour() + 1,
                    values[3],
                    values[0],
                    values[1],
                    values[2]));
        }
        return out.toString();
    }

    private static Instant seen(LocalDateTime label) {
        return label.toInstant(ZoneOffset.UTC).plusSeconds(Math.round(PVGIS_OFFSET_H * 3600));
    }

    private static String label(LocalDateTime time) {
        int year = time.getMonthValue() == 2 ? 2016 : 2009;
        return String.format(
                Locale.ROOT, "%d%02d%02d:%02d00", year, time.getMonthValue(), time.getDayOfMonth(), time.getHour());
    }

    static String pvgisCsv() {
        StringBuilder out = new StringBuilder("Latitude (decimal degrees): 40.130\r\n");
        out.append("Longitude (decimal degrees): -105.240\r\nElevation (m): 1634.0\r\n");
        out.append("Irradiance Time Offset (h): 0.18\r\nmonth,year\r\n1,2009\r\n2,2016\r\n");
        out.append("time(UTC),T2m,RH,G(h),Gb(n),Gd(h),IR(h),WS10m,WD10m,SP\r\n");
        for (int hour = 0; hour < HOURS; hour++) {
            LocalDateTime time = FIRST.plusHours(hour);
            String[] values = values(seen(time)).split(",", -1);
            out.append(label(time) + "," + values[3] + ",70.1," + values[0] + "," + values[1] + "," + values[2]
                    + ",300.0,2.0,180.0,84000.0\r\n");
        }
        return out.append("\r\nT2m: 2-m air temperature (degree Celsius)\r\n").toString();
    }

    static String pvgisJson() {
        StringBuilder out =
                new StringBuilder("{\"inputs\": {\"location\": {\"latitude\": 40.13, \"longitude\": -105.24,");
        out.append("\"irradiance_time_offset\": 0.18}}, \"outputs\": {\"tmy_hourly\": [");
        for (int hour = 0; hour < HOURS; hour++) {
            LocalDateTime time = FIRST.plusHours(hour);
            String[] values = values(seen(time)).split(",", -1);
            out.append(hour == 0 ? "" : ",\n")
                    .append("{\"time(UTC)\": \"" + label(time) + "\", \"T2m\": " + values[3] + ", \"G(h)\": "
                            + values[0] + ", \"Gb(n)\": " + values[1] + ", \"Gd(h)\": " + values[2] + "}");
        }
        return out.append("]}}").toString();
    }
}

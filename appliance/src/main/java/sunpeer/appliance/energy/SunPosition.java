package sunpeer.appliance.energy;

/**
 * Where the sun stands at one moment, and the light that follows from that alone. Immutable.
 *
 * <p>Irradiances are in W/m²: GHI on the horizontal, POA in the plane of the panel.
 *
 * @param elevationDeg above the horizon, without refraction
 * @param azimuthDeg clockwise from north
 * @param extraterrestrialNormalWm2 outside the atmosphere, facing the sun
 */
public record SunPosition(double elevationDeg, double azimuthDeg, double extraterrestrialNormalWm2) {
    private static final double ALBEDO = 0.2;
    /** Below 3.7 degrees the circumsolar term of Hay and Davies would be divided by almost nothing. */
    private static final double MIN_COS_ZENITH = 0.065;

    /** Cosine of the zenith angle; zero while the sun is down. */
    public double cosZenith() {
        return Math.max(0, Math.sin(Math.toRadians(elevationDeg)));
    }

    public double extraterrestrialWm2() {
        return extraterrestrialNormalWm2 * cosZenith();
    }

    /** Haurwitz: the best of the models that need nothing but the zenith angle (SAND2012-2389). */
    public double clearSkyGhiWm2() {
        double cosZ = cosZenith();
        return cosZ <= 0 ? 0 : 1098 * cosZ * Math.exp(-0.059 / cosZ);
    }

    public double clearSkyPoaWm2(Panel panel) {
        return poaWm2(clearSkyGhiWm2(), panel);
    }

    /** Cosine of the angle between the sun and the panel's normal; negative when it shines on the back. */
    public double cosIncidence(Panel panel) {
        double elevation = Math.toRadians(elevationDeg);
        double tilt = Math.toRadians(panel.tiltDeg());
        double turn = Math.toRadians(azimuthDeg - panel.azimuthDeg());
        return Math.sin(elevation) * Math.cos(tilt) + Math.cos(elevation) * Math.sin(tilt) * Math.cos(turn);
    }

    /** Hours of the day by the sun itself: 12 when it stands highest, below it before. */
    public double solarHour(double latitudeDeg) {
        double elevation = Math.toRadians(elevationDeg);
        double azimuth = Math.toRadians(azimuthDeg);
        double latitude = Math.toRadians(latitudeDeg);
        double west = -Math.cos(elevation) * Math.sin(azimuth);
        double south =
                Math.sin(elevation) * Math.cos(latitude) - Math.cos(elevation) * Math.cos(azimuth) * Math.sin(latitude);
        return 12 + Math.toDegrees(Math.atan2(west, south)) / 15;
    }

    /** Light on the panel when the horizontal gets {@code ghiWm2}: split by Erbs, turned by Hay and Davies. */
    public double poaWm2(double ghiWm2, Panel panel) {
        return poaWm2(ghiWm2, panel, 1);
    }

    /** The same behind a tree or a wall that lets only a share of the direct light through. */
    public double poaWm2(double ghiWm2, Panel panel, double directShare) {
        return poaWm2(light(ghiWm2), panel, directShare);
    }

    /** The same where direct and diffuse light are measured: turned by Hay and Davies. */
    public double poaWm2(double ghiWm2, double dniWm2, double dhiWm2, Panel panel) {
        return poaWm2(light(ghiWm2, dniWm2, dhiWm2), panel, 1);
    }

    private double poaWm2(SkyLight light, Panel panel, double directShare) {
        double cosIncidence = elevationDeg <= 0 ? 0 : cosIncidence(panel);
        return light.poaWm2(cosIncidence, Math.cos(Math.toRadians(panel.tiltDeg())), directShare);
    }

    /** Light of a sky that gives the horizontal {@code ghiWm2}, split by Erbs. */
    SkyLight light(double ghiWm2) {
        double cosZ = cosZenith();
        if (cosZ <= 0 || ghiWm2 <= 0) {
            return SkyLight.NONE;
        }
        double divisor = Math.max(cosZ, MIN_COS_ZENITH);
        double dhi = ghiWm2 * diffuseFraction(ghiWm2 / (extraterrestrialNormalWm2 * divisor));
        return light(ghiWm2, Math.min((ghiWm2 - dhi) / divisor, extraterrestrialNormalWm2), dhi);
    }

    private SkyLight light(double ghiWm2, double dniWm2, double dhiWm2) {
        double anisotropy = dniWm2 / extraterrestrialNormalWm2;
        double aroundTheSun = anisotropy / Math.max(cosZenith(), MIN_COS_ZENITH);
        return new SkyLight(dniWm2 + dhiWm2 * aroundTheSun, dhiWm2 * (1 - anisotropy), ghiWm2 * ALBEDO);
    }

    /** Erbs, Klein and Duffie 1982. */
    private static double diffuseFraction(double clearness) {
        if (clearness <= 0.22) {
            return 1 - 0.09 * clearness;
        }
        if (clearness > 0.8) {
            return 0.165;
        }
        double k = clearness;
        return 0.9511 + k * (-0.1604 + k * (4.388 + k * (-16.638 + k * 12.336)));
    }
}

package sunpeer.appliance.service;

/** Exit codes, those of sysexits(3) where one fits. */
public final class Exit {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /** The program is wrong; the supervisor starts it again. */
    public static final int SOFTWARE = 70;
    /** The world is wrong for now, a full disk for one; the supervisor tries again later. */
    public static final int TRY_AGAIN = 75;
    /** The configuration is wrong; starting again does not help. */
    public static final int CONFIG = 78;

    private Exit() {}
}

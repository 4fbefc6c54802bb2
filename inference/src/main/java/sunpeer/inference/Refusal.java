package sunpeer.inference;

/**
 * Leaves the validator's reading code at the first broken rule. Checked, without stack trace, and caught only by
 * {@link ModelValidator}: a parser with forty ways to fail stays readable, and callers still get a value.
 */
final class Refusal extends Exception {
    private final Validation.Check check;
    private final String reason;

    Refusal(Validation.Check check, String reason) {
        super(reason, null, false, false);
        this.check = check;
        this.reason = reason;
    }

    Validation.Refused toResult() {
        return new Validation.Refused(check, reason);
    }

    static void unless(boolean holds, Validation.Check check, String reason) throws Refusal {
        if (!holds) {
            throw new Refusal(check, reason);
        }
    }
}

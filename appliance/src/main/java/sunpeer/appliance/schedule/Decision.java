package sunpeer.appliance.schedule;

/** Whether a job runs now, and why. */
public sealed interface Decision {
    Reason reason();

    record Run(Reason reason) implements Decision {}

    record Wait(Reason reason) implements Decision {}
}

package sunpeer.drivers.sunspec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sunpeer.drivers.Quality;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;
import sunpeer.drivers.profile.Profile;
import sunpeer.drivers.profile.Quantity;

/**
 * What a reading needs beyond single points: sums over trackers and charge controllers, and the direction of the battery's
 * current. Confined to the thread that owns the wire; made anew with each discovery.
 */
final class Completion {
    /** Below, the direction of a current says nothing. */
    private static final double FLOWING_A = 0.5;

    private static final int VOTES_MAX = 3;

    private final boolean metered;
    /** Positive when the device counts charging as positive, by what its own state said; 0 when it is not known yet. */
    private int direction;

    /** @param profile the one that the readings come from */
    Completion(Profile profile) {
        metered = profile.points().stream().anyMatch(point -> point.quantity().equals(Optional.of(Quantity.BATTERY_A)));
    }

    ReadResult.Ok complete(ReadResult.Ok found) {
        Told told = new Told(found.details());
        Reading read = found.reading();
        List<Value> outputs = told.having("64111(?:-\\d+)?", "OutputA").stream()
                .map(charger -> told.number(charger + ".OutputA"))
                .toList();
        Value chargeA = outputs.size() > 1 ? Told.sum(outputs) : read.chargeA();
        List<DcInput> inputs = DcInput.of(told, read.batteryV());
        DcInput only = inputs.size() == 1 ? inputs.getFirst() : DcInput.NONE;
        Reading reading = new Reading(
                read.at(),
                read.origin(),
                read.batteryV(),
                metered ? directed(read.batteryA(), told) : net(chargeA),
                chargeA,
                read.loadA(),
                read.loadW(),
                only.volts(),
                only.amperes(),
                Told.sum(inputs.stream().map(DcInput::watts).toList()),
                read.batteryC(),
                read.controllerSocPercent(),
                Told.sum(inputs.stream().map(DcInput::wattHours).toList()),
                read.stage());
        return new ReadResult.Ok(reading, found.details());
    }

    /** What a charger gives is not what the battery gets: nobody here sees the loads beside it. */
    private static Value net(Value chargeA) {
        return chargeA.isGood() ? Value.suspect(chargeA.number()) : chargeA;
    }

    /**
     * The standard names no sign for a battery's current, and devices differ. The state of the battery says which way it flows;
     * until it has said so, a current is shown and not believed.
     */
    private Value directed(Value amperes, Told told) {
        String state = Stream.of("802.ChaSt", "124.ChaSt")
                .map(told::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        boolean charging = state.equals("charging");
        if (amperes.isGood() && (charging || state.equals("discharging")) && Math.abs(amperes.number()) >= FLOWING_A) {
            int vote = (amperes.number() > 0) == charging ? 1 : -1;
            direction = Math.clamp(direction + vote, -VOTES_MAX, VOTES_MAX);
        }
        if (amperes.quality() == Quality.ABSENT || amperes.number() == 0) {
            return amperes;
        }
        return direction == 0
                ? Value.suspect(amperes.number())
                : new Value(direction > 0 ? amperes.number() : -amperes.number(), amperes.quality());
    }
}

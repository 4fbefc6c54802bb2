package sunpeer.drivers.board;

import java.time.InstantSource;
import sunpeer.drivers.Device;
import sunpeer.drivers.ReadResult;
import sunpeer.drivers.Reading;
import sunpeer.drivers.Value;

/** A thermometer at the battery as a device that knows its temperature and nothing else. Confined to its thermometer's thread. */
public final class BatteryThermometer implements Device {
    private final Thermometer thermometer;
    private final InstantSource clock;

    /** @param clock gives readings their time */
    public BatteryThermometer(Thermometer thermometer, InstantSource clock) {
        this.thermometer = thermometer;
        this.clock = clock;
    }

    @Override
    public ReadResult read() {
        return switch (thermometer.read()) {
            case Thermometer.Climate.Failed(var fault) -> new ReadResult.Failed(fault);
            case Thermometer.Climate.Ok(Value celsius, Value _) ->
                new ReadResult.Ok(Reading.ofBattery(clock.instant(), describe(), Value.ABSENT, Value.ABSENT, celsius));
        };
    }

    @Override
    public String describe() {
        return thermometer.describe();
    }

    @Override
    public void close() {
        thermometer.close();
    }
}

package sunpeer.drivers.board;

import sunpeer.drivers.Fault;
import sunpeer.drivers.Value;

/** A temperature sensor on the board. Confined to one thread; a read never throws for what the outside world does. */
public interface Thermometer extends AutoCloseable {
    /** What one reading gave. */
    sealed interface Climate {
        /**
         * @param celsius SUSPECT when the sensor gives it and it cannot be true
         * @param humidityPercent relative humidity; ABSENT when the sensor has none
         */
        record Ok(Value celsius, Value humidityPercent) implements Climate {}

        record Failed(Fault fault) implements Climate {}
    }

    /** Measures; a DS18B20 takes up to a second for it. */
    Climate read();

    /** Sensor and place, for people. */
    String describe();

    @Override
    void close();
}

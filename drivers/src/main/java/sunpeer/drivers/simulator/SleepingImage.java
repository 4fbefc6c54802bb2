package sunpeer.drivers.simulator;

import java.util.List;
import java.util.function.BooleanSupplier;
import sunpeer.drivers.transport.Answer;

/**
 * A device that is fed by its panel and therefore answers nothing at night. Thread-safe, if both parts are.
 *
 * @param daylight asked at each request
 */
public record SleepingImage(RegisterImage image, BooleanSupplier daylight) implements RegisterImage {
    @Override
    public boolean awake() {
        return daylight.getAsBoolean() && image.awake();
    }

    @Override
    public Answer registers(int function, int address, int count) {
        return image.registers(function, address, count);
    }

    @Override
    public Answer bits(int function, int address, int count) {
        return image.bits(function, address, count);
    }

    @Override
    public Answer identity() {
        return image.identity();
    }

    @Override
    public Answer write(int function, int address, List<Integer> words) {
        return image.write(function, address, words);
    }
}

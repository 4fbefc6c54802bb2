package sunpeer.drivers.board;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import java.nio.file.Path;

/**
 * Digital inputs for Pi4J on the kernel's character device. They are asked, they do not report: edge events do not work
 * on every kernel, and a button needs no more than a look every few milliseconds.
 */
final class InputProvider extends DigitalInputProviderBase {
    private final Kernel kernel;
    private final Path dev;

    InputProvider(Kernel kernel, Path dev) {
        super("sunpeer-digital-input");
        this.kernel = kernel;
        this.dev = dev;
    }

    @Override
    public DigitalInput create(DigitalInputConfig config) {
        KernelInput input = new KernelInput(this, config);
        context.registry().add(input);
        return input;
    }

    private static final class KernelInput extends DigitalInputBase {
        private final Kernel kernel;
        private final Path chipPath;
        private int line = -1;

        KernelInput(InputProvider provider, DigitalInputConfig config) {
            super(provider, config);
            this.kernel = provider.kernel;
            this.chipPath = provider.dev.resolve("gpiochip" + config.bus());
        }

        @Override
        public DigitalInput initialize(Context context) throws InitializeException {
            long pull = switch (config().pull()) {
                case PULL_UP -> Gpio.FLAG_PULL_UP;
                case PULL_DOWN -> Gpio.FLAG_PULL_DOWN;
                case OFF -> 0;
            };
            int chip = KernelFailure.check(chipPath.toString(), kernel.open(chipPath.toString()));
            try {
                line = Gpio.requestInput(kernel, chip, config().bcm(), pull);
            } finally {
                kernel.close(chip);
            }
            return super.initialize(context);
        }

        @Override
        public DigitalState state() {
            return DigitalState.getState(Gpio.isHigh(kernel, line));
        }

        @Override
        public void close() {
            if (line >= 0) {
                context().shutdown(id());
            }
        }

        @Override
        public DigitalInput shutdownInternal(Context context) throws ShutdownException {
            if (line >= 0) {
                kernel.close(line);
                line = -1;
            }
            return super.shutdownInternal(context);
        }
    }
}

package sunpeer.drivers.board;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import java.nio.file.Path;

/**
 * Digital outputs for Pi4J on the kernel's character device. Pi4J's own provider drives a line low before it sets the
 * initial state (Pi4J issue 654), which makes a relay click at every start; here the level is part of the request.
 */
final class OutputProvider extends DigitalOutputProviderBase {
    private final Kernel kernel;
    private final Path dev;

    OutputProvider(Kernel kernel, Path dev) {
        super("sunpeer-digital-output");
        this.kernel = kernel;
        this.dev = dev;
    }

    @Override
    public DigitalOutput create(DigitalOutputConfig config) {
        KernelOutput output = new KernelOutput(this, config);
        context.registry().add(output);
        return output;
    }

    private static final class KernelOutput extends DigitalOutputBase {
        private final Kernel kernel;
        private final Path chipPath;
        private int line = -1;

        KernelOutput(OutputProvider provider, DigitalOutputConfig config) {
            super(provider, config);
            this.kernel = provider.kernel;
            this.chipPath = provider.dev.resolve("gpiochip" + config.bus());
        }

        @Override
        public DigitalOutput initialize(Context context) throws InitializeException {
            DigitalState initial = config().initialState();
            int chip = KernelFailure.check(chipPath.toString(), kernel.open(chipPath.toString()));
            try {
                line = Gpio.requestOutput(kernel, chip, config().bcm(), initial.isHigh());
            } finally {
                kernel.close(chip);
            }
            this.state = initial;
            return super.initialize(context);
        }

        @Override
        public DigitalOutput state(DigitalState wanted) {
            if (wanted != this.state) {
                Gpio.set(kernel, line, wanted.isHigh());
            }
            return super.state(wanted);
        }

        @Override
        public void close() {
            if (line >= 0) {
                context().shutdown(id());
            }
        }

        @Override
        public DigitalOutput shutdownInternal(Context context) throws ShutdownException {
            if (line >= 0) {
                try {
                    super.shutdownInternal(context);
                } finally {
                    kernel.close(line);
                    line = -1;
                }
            }
            return this;
        }
    }
}

package sunpeer.drivers.board;

import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CBase;
import com.pi4j.io.i2c.I2CBus;
import com.pi4j.io.i2c.I2CBusBase;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * I²C for Pi4J on the kernel's i2c-dev. Pi4J's own provider misreads bytes from 0x80 up and opens its file for reading
 * only (both in 4.0.2). Registers of up to 32 bytes go as SMBus transfers, which on the two wires are the same as I²C ones
 * and which every adapter serves.
 */
final class I2cProvider extends I2CProviderBase {
    private final Kernel kernel;
    private final Path dev;

    I2cProvider(Kernel kernel, Path dev) {
        super("sunpeer-i2c");
        this.kernel = kernel;
        this.dev = dev;
    }

    @Override
    public I2C create(I2CConfig config) {
        String path = dev.resolve("i2c-" + config.bus()).toString();
        int fd = KernelFailure.check(path, kernel.open(path));
        try {
            // Fails when a kernel driver owns the address; I2C_RDWR alone would talk past that driver.
            KernelFailure.check("address", kernel.ioctl(fd, I2cDev.SLAVE, config.device()));
            KernelI2c i2c = new KernelI2c(this, config, new I2cDev(kernel, fd, config.device()));
            context.registry().add(i2c);
            return i2c;
        } catch (RuntimeException failed) {
            kernel.close(fd);
            throw failed;
        }
    }

    /** One owner thread per bus is our rule; the lock is what Pi4J's interface wants besides. */
    private static final class Bus extends I2CBusBase {
        Bus(I2CConfig config) {
            super(config);
        }

        @Override
        public <R> R execute(I2C i2c, Callable<R> action) {
            return _execute(i2c, action);
        }
    }

    private static final class KernelI2c extends I2CBase<I2CBus> {
        private final I2cDev device;

        KernelI2c(I2CProvider provider, I2CConfig config, I2cDev device) {
            super(provider, config, new Bus(config));
            this.device = device;
        }

        @Override
        public int read() {
            return device.read(1)[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return copy(device.read(length), buffer, offset);
        }

        @Override
        public int write(byte octet) {
            device.write(new byte[] {octet});
            return 1;
        }

        @Override
        public int write(byte[] data, int offset, int length) {
            device.write(slice(data, offset, length));
            return length;
        }

        @Override
        public int readRegister(int register) {
            return device.readRegister(register, 1)[0] & 0xFF;
        }

        @Override
        public int readRegister(int register, byte[] buffer, int offset, int length) {
            return copy(device.readRegister(register, length), buffer, offset);
        }

        @Override
        public int readRegister(byte[] register, byte[] buffer, int offset, int length) {
            return copy(device.writeRead(register, length), buffer, offset);
        }

        @Override
        public int writeRegister(int register, byte octet) {
            device.writeRegister(register, new byte[] {octet});
            return 1;
        }

        @Override
        public int writeRegister(int register, byte[] data, int offset, int length) {
            device.writeRegister(register, slice(data, offset, length));
            return length;
        }

        @Override
        public int writeRegister(byte[] register, byte[] data, int offset, int length) {
            byte[] message = new byte[register.length + length];
            System.arraycopy(register, 0, message, 0, register.length);
            System.arraycopy(data, offset, message, register.length, length);
            device.write(message);
            return length;
        }

        @Override
        public void close() {
            if (isOpen) {
                context().shutdown(id());
            }
        }

        @Override
        public I2C shutdownInternal(Context context) {
            if (isOpen) {
                super.close();
                device.close();
            }
            return this;
        }

        private static int copy(byte[] got, byte[] buffer, int offset) {
            System.arraycopy(got, 0, buffer, offset, got.length);
            return got.length;
        }

        private static byte[] slice(byte[] data, int offset, int length) {
            byte[] part = new byte[length];
            System.arraycopy(data, offset, part, 0, length);
            return part;
        }
    }
}

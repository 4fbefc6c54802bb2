package sunpeer.drivers.board;

import java.lang.foreign.MemorySegment;

/**
 * The system calls that reach a device file. A call returns what the kernel returns, or the negated errno. Thread-safe.
 */
interface Kernel {
    int ENOENT = 2;
    int EIO = 5;
    int ENXIO = 6;
    int EACCES = 13;
    int EBUSY = 16;
    int ENODEV = 19;
    int EINVAL = 22;
    int ENOTTY = 25;
    int EOPNOTSUPP = 95;
    int ETIMEDOUT = 110;
    int EREMOTEIO = 121;

    /** Opens for reading and writing; the I²C device refuses writes on a descriptor that was opened for reading. */
    int open(String path);

    /** A request whose argument is the address of a struct. */
    int ioctl(int fd, long request, MemorySegment struct);

    /** A request whose argument is a number. */
    int ioctl(int fd, long request, long number);

    void close(int fd);

    /** Waits while a chip measures; shorter when the thread is interrupted. */
    void pause(int millis);
}

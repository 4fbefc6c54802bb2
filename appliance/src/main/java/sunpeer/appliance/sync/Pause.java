package sunpeer.appliance.sync;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A pause that one side wants and the other takes when it has put its things in order. Thread-safe. */
final class Pause {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean wanted;
    private boolean entered;

    void begin() {
        set(true);
    }

    void end() {
        set(false);
    }

    private void set(boolean now) {
        lock.lock();
        try {
            wanted = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isWanted() {
        lock.lock();
        try {
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the pause and returns at its end. */
    void passUnless(BooleanSupplier over) throws InterruptedException {
        lock.lock();
        try {
            entered = true;
            changed.signalAll();
            while (wanted && !over.getAsBoolean()) {
                changed.await();
            }
        } finally {
            entered = false;
            lock.unlock();
        }
    }

    void awaitEntered(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (wanted && !entered && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}

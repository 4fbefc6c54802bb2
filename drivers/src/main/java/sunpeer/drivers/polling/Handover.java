package sunpeer.drivers.polling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads of the wires leave what they polled. Bounded: when the consumer is slow the oldest is dropped, since what is
 * newer says more, and a wire never waits. Thread-safe.
 */
public final class Handover {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Deque<Polled> waiting = new ArrayDeque<>();
    private long dropped;
    private @Nullable Throwable broken;

    public Handover(int capacity) {
        this.capacity = capacity;
    }

    void put(Polled polled) {
        lock.lock();
        try {
            if (waiting.size() == capacity) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(polled);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A thread of a wire ended by a fault of our own: its devices will never be polled again. */
    void broken(Throwable cause) {
        lock.lock();
        try {
            broken = cause;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The oldest that waits; empty when none came in time.
     *
     * @throws IllegalStateException when a thread of a wire has ended by a fault of our own
     */
    public Optional<Polled> take(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && broken == null && left > 0) {
                left = filled.awaitNanos(left);
            }
            if (broken != null) {
                throw new IllegalStateException("the thread of a wire has failed", broken);
            }
            return Optional.ofNullable(waiting.pollFirst());
        } finally {
            lock.unlock();
        }
    }

    /** How many the consumer was too slow for. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}

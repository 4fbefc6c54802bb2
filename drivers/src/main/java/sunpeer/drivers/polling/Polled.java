package sunpeer.drivers.polling;

import sunpeer.drivers.ReadResult;

/**
 * One poll of one device.
 *
 * @param device its number in the list that was given to the poller
 * @param before the state before this poll
 * @param now the state since this poll
 */
public record Polled(int device, ReadResult result, DeviceState before, DeviceState now) {
    /** Whether somebody should be told; a device that falls asleep or wakes up is no news. */
    public boolean isNews() {
        return before != now && before != DeviceState.ASLEEP && now != DeviceState.ASLEEP;
    }
}

package sunpeer.drivers.transport;

import sunpeer.drivers.Fault;

/** What came back for a {@link Request}. */
public sealed interface Answer {
    record Registers(Words words) implements Answer {}

    /** A Modbus exception: the device is there and does not serve this request. */
    record Refused(int code) implements Answer {}

    record Failed(Fault fault) implements Answer {}
}

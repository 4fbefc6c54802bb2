package sunpeer.drivers.transport;

import java.util.List;
import java.util.Map;
import sunpeer.drivers.Fault;

/** What came back for a {@link Request}. */
public sealed interface Answer {
    record Registers(Words words) implements Answer {}

    /** @param bits as many as were asked for, from the first address on */
    record Bits(List<Boolean> bits) implements Answer {
        public Bits {
            bits = List.copyOf(bits);
        }
    }

    /** @param objects number of the object (0 vendor, 1 model, 2 revision) to its text */
    record Identity(Map<Integer, String> objects) implements Answer {
        public Identity {
            objects = Map.copyOf(objects);
        }
    }

    /** The device says that it took the write; whether it did is to be read back. */
    record Written() implements Answer {}

    /** A Modbus exception: the device is there and does not serve this request. */
    record Refused(int code) implements Answer {}

    record Failed(Fault fault) implements Answer {}
}

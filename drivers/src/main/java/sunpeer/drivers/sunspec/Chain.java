package sunpeer.drivers.sunspec;

import java.util.List;
import sunpeer.drivers.transport.Words;

/**
 * The models that a device says it has, in their order. Immutable.
 *
 * @param base register of the mark before the first model
 * @param maker manufacturer and model as the device tells them, empty when it does not
 */
record Chain(int base, List<Link> links, String maker) {
    Chain {
        links = List.copyOf(links);
    }

    /**
     * One model of the chain.
     *
     * @param address register of its number
     * @param length registers after its head, as the device says
     */
    record Link(int number, int address, int length) {
        /** The first register after it. */
        int end() {
            return address + Model.HEAD + length;
        }

        /** Whether these registers begin with its head. */
        boolean isAt(Words words) {
            return words.at(address) == number && words.at(address + 1) == length;
        }
    }

    /** For people: {@code "1, 103, 160"}. */
    String numbers() {
        return String.join(", ", links.stream().map(link -> "" + link.number()).toList());
    }
}

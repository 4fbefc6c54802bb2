package sunpeer.appliance;

import java.util.SplittableRandom;
import sunpeer.appliance.ledger.Bytes;

/** Damaged forms of byte strings. */
public final class Mutants {
    private Mutants() {}

    public static Bytes flipped(Bytes bytes, int bit) {
        byte[] content = bytes.toArray();
        content[bit / 8] ^= (byte) (1 << (bit % 8));
        return Bytes.of(content);
    }

    public static Bytes noise(SplittableRandom random, int lengthMax) {
        byte[] content = new byte[random.nextInt(lengthMax + 1)];
        random.nextBytes(content);
        return Bytes.of(content);
    }

    /** Some bytes changed, some cut out, some doubled: what a fuzzer does to a valid form. */
    public static Bytes mangled(SplittableRandom random, Bytes bytes) {
        Bytes result = bytes;
        for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
            int length = result.length();
            int from = random.nextInt(length + 1);
            int to = random.nextInt(from, Math.min(length, from + 8) + 1);
            result = switch (random.nextInt(4)) {
                case 0 -> length == 0 ? result : flipped(result, random.nextInt(8 * length));
                case 1 -> result.slice(0, from).plus(result.slice(to, length));
                case 2 -> result.slice(0, to).plus(result.slice(from, length));
                default -> result.slice(0, from).plus(noise(random, to - from)).plus(result.slice(to, length));
            };
        }
        return result;
    }
}

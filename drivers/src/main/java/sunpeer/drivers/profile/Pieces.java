package sunpeer.drivers.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import sunpeer.drivers.Fault;
import sunpeer.drivers.profile.Block.Span;
import sunpeer.drivers.transport.Words;

/**
 * The requests by which one device gives the content of a block: one to begin with, and where it refuses, the halves of it,
 * down to single points. Confined to the thread that owns the wire.
 */
final class Pieces {
    /** A single exception may be a glitch of a busy device; two in a row mean that it lacks the point. */
    private static final int REFUSALS_BEFORE_ABSENT = 2;
    /** A limit that the device hides behind short answers looks like noise at first. */
    private static final int GARBLES_BEFORE_HALVING = 2;

    /** How a span is asked for. */
    interface Asking {
        Outcome ask(Span span);
    }

    sealed interface Outcome {
        record Got(List<Words> words) implements Outcome {}

        /** The device is there and does not serve this span. */
        record Refused(Fault fault) implements Outcome {}

        record Failed(Fault fault) implements Outcome {}
    }

    private final boolean required;
    private List<Piece> pieces;

    /**
     * @param required without it there is no reading: it is asked for again and again, whatever was refused
     * @param atoms spans that must not be torn, from low to high, none meeting another
     */
    Pieces(boolean required, Span whole, List<Span> atoms) {
        this.required = required;
        this.pieces = List.of(new Piece(whole, atoms));
    }

    /** What must stay in one request, from what single points need. */
    static List<Span> atoms(List<Span> needed) {
        List<Span> atoms = new ArrayList<>();
        for (Span span :
                needed.stream().sorted(Comparator.comparingInt(Span::start)).toList()) {
            if (!atoms.isEmpty() && atoms.getLast().meets(span)) {
                atoms.add(atoms.removeLast().with(span));
            } else {
                atoms.add(span);
            }
        }
        return atoms;
    }

    private static final class Piece {
        final Span span;
        final List<Span> atoms;
        int refusals;
        int garbles;
        boolean worked;

        Piece(Span span, List<Span> atoms) {
            this.span = span;
            this.atoms = atoms;
        }

        static Piece of(List<Span> atoms) {
            return new Piece(atoms.getFirst().with(atoms.getLast()), atoms);
        }

        /** What was there once is not lacked, whatever a busy device says for a while. */
        boolean absent() {
            return !worked && refusals >= REFUSALS_BEFORE_ABSENT;
        }

        /** Whether a refusal now is taken as it is: of a single point, of a whole taken apart before, or once of what worked. */
        boolean standsRefused() {
            return isSmallest() || (worked ? refusals == 0 : refusals > 0);
        }

        boolean isSmallest() {
            return atoms.size() == 1 && span.equals(atoms.getFirst());
        }

        /** Two halves, or the point alone when the request held registers that nobody needs. */
        List<Piece> smaller() {
            int middle = atoms.size() / 2;
            List<Piece> smaller = middle == 0
                    ? List.of(of(atoms))
                    : List.of(of(atoms.subList(0, middle)), of(atoms.subList(middle, atoms.size())));
            smaller.forEach(piece -> piece.worked = worked);
            return smaller;
        }
    }

    boolean allAbsent() {
        return pieces.stream().allMatch(Piece::absent);
    }

    /** Asks for all that the device is not known to lack; refused only when nothing came at all. */
    Outcome read(Asking bus) {
        List<Words> words = new ArrayList<>();
        List<Piece> known = new ArrayList<>();
        List<Piece> lacking = new ArrayList<>();
        Optional<Fault> refusal = Optional.empty();
        Deque<Piece> todo = new ArrayDeque<>(pieces);
        while (!todo.isEmpty()) {
            Piece piece = todo.pop();
            if (piece.absent()) {
                known.add(piece);
                continue;
            }
            switch (bus.ask(piece.span)) {
                case Outcome.Got(List<Words> got) -> {
                    piece.worked = true;
                    piece.refusals = 0;
                    words.addAll(got);
                    known.add(piece);
                }
                case Outcome.Refused(Fault fault) -> {
                    refusal = refusal.or(() -> Optional.of(fault));
                    if (piece.standsRefused()) {
                        lacking.add(piece);
                        known.add(piece);
                    } else {
                        piece.smaller().reversed().forEach(todo::push);
                    }
                }
                case Outcome.Failed(Fault fault) -> {
                    noteGarble(piece, fault);
                    return new Outcome.Failed(fault);
                }
            }
        }
        if (words.isEmpty() && refusal.isPresent()) {
            pieces.stream().filter(piece -> !required || piece.worked).forEach(piece -> piece.refusals++);
            return new Outcome.Refused(refusal.get());
        }
        lacking.forEach(piece -> piece.refusals++);
        pieces = List.copyOf(known);
        return new Outcome.Got(List.copyOf(words));
    }

    /** Halves what never gave one good answer; a piece that once did is spoiled by the line and not by its length. */
    private void noteGarble(Piece piece, Fault fault) {
        boolean suspicious = fault.kind() == Fault.Kind.GARBLED && !piece.worked && !piece.isSmallest();
        if (suspicious && ++piece.garbles >= GARBLES_BEFORE_HALVING && pieces.contains(piece)) {
            List<Piece> shorter = new ArrayList<>(pieces);
            int at = shorter.indexOf(piece);
            shorter.remove(at);
            List<Piece> smaller = piece.smaller();
            // What made the whole suspicious speaks against its halves too.
            smaller.forEach(half -> half.garbles = GARBLES_BEFORE_HALVING - 1);
            shorter.addAll(at, smaller);
            pieces = List.copyOf(shorter);
        }
    }
}

package sunpeer.drivers.board;

import java.util.ArrayList;
import java.util.List;

/** A GPIO chip in memory whose lines remember every level they were driven to. */
final class FakeLines {
    static final class Line {
        private final List<Boolean> driven = new ArrayList<>();
        private String name = "";
        private String consumer = "";
        private boolean output;
        private boolean pulledUp;
        private boolean grounded;

        void take(String by, boolean asOutput, boolean high, boolean pullUp) {
            consumer = by;
            output = asOutput;
            pulledUp = pullUp;
            if (asOutput) {
                driven.add(high);
            }
        }

        void free() {
            consumer = "";
            output = false;
        }

        boolean drive(boolean high) {
            if (output) {
                driven.add(high);
            }
            return output;
        }

        boolean isHigh() {
            return output ? driven.getLast() : pulledUp && !grounded;
        }

        void name(String given) {
            name = given;
        }

        void heldBy(String other) {
            consumer = other;
        }

        /** A closed contact to ground. */
        void grounded(boolean closed) {
            grounded = closed;
        }

        String name() {
            return name;
        }

        String consumer() {
            return consumer;
        }

        List<Boolean> driven() {
            return driven;
        }
    }

    private final String label;
    private final List<Line> lines = new ArrayList<>();

    FakeLines(String label, int count) {
        this.label = label;
        for (int i = 0; i < count; i++) {
            lines.add(new Line());
        }
    }

    String label() {
        return label;
    }

    int count() {
        return lines.size();
    }

    Line line(int offset) {
        return lines.get(offset);
    }
}

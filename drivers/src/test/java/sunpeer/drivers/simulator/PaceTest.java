package sunpeer.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When bytes are there, in nanoseconds of a line of 10,000 baud: a millisecond a byte. */
class PaceTest {
    private static final long MS = 1_000_000;

    @Test
    void aRequestTakesItsBytesAndAnAnswerTheTurnaroundToo() {
        Pace pace = new Pace(10_000, 20 * MS, 0);
        assertThat(pace.heard(8, 100 * MS)).isEqualTo(108 * MS);
        assertThat(pace.begin(108 * MS + 50_000)).isEqualTo(128 * MS);
        assertThat(pace.said()).isEqualTo(129 * MS);
        assertThat(pace.said()).isEqualTo(130 * MS);
    }

    @Test
    void whatWaitedInTheBufferFollowsWithoutAPause() {
        Pace pace = new Pace(10_000, 0, 0);
        pace.heard(3, 100 * MS);
        assertThat(pace.heard(5, 103 * MS + 70_000)).isEqualTo(108 * MS);
        assertThat(pace.heard(1, 110 * MS)).isEqualTo(111 * MS);
    }

    @Test
    void theHostsLatenessDoesNotShiftAnAnswerButADeviceMayBeLate() {
        Pace pace = new Pace(10_000, 0, 0);
        pace.heard(8, 100 * MS);
        assertThat(pace.begin(108 * MS + 900_000)).isEqualTo(108 * MS);
        pace.heard(8, 200 * MS);
        assertThat(pace.begin(208 * MS + 700 * MS)).isEqualTo(908 * MS);
    }

    @Test
    void aTalkerIsNeverFasterThanItsLine() {
        Pace pace = new Pace(10_000, 0, 0);
        assertThat(pace.begin(50 * MS)).isEqualTo(50 * MS);
        for (int i = 0; i < 10; i++) {
            pace.said();
        }
        assertThat(pace.begin(52 * MS))
                .as("the first ten are still on the line")
                .isEqualTo(60 * MS);
    }
}

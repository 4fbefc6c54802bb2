package sunpeer.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BoardModelTest {
    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        "Raspberry Pi 4 Model B Rev 1.4, RASPBERRY_PI_4",
        "Raspberry Pi 5 Model B Rev 1.0, RASPBERRY_PI_5",
        "Raspberry Pi Zero 2 W Rev 1.0, RASPBERRY_PI_ZERO_2_W",
        "NVIDIA Jetson Orin Nano Engineering Reference Developer Kit Super, JETSON_ORIN_NANO",
        "Raspberry Pi 400 Rev 1.0, ",
        "Raspberry Pi Zero W Rev 1.1, ",
        "NVIDIA Jetson AGX Orin Developer Kit, ",
    })
    void byTheDeviceTree(String model, BoardModel expected) {
        Board board = new FakeBoard(root).model(model).board();
        assertThat(board.model().orElse(null)).isEqualTo(expected);
    }

    @Test
    void aPcIsNoBoard() {
        assertThat(new FakeBoard(root).board().model()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RASPBERRY_PI_4, 11, pinctrl-bcm2711, 17, ''",
        "RASPBERRY_PI_5, 40, pinctrl-rp1, 21, ''",
        "RASPBERRY_PI_ZERO_2_W, 7, pinctrl-bcm2835, 4, ''",
        "JETSON_ORIN_NANO, 11, tegra234-gpio, 112, PR.04",
        "JETSON_ORIN_NANO, 7, tegra234-gpio, 144, PAC.06",
    })
    void linesOfHeaderPins(BoardModel model, int pin, String chip, int offset, String name) {
        assertThat(model.line(pin)).contains(new GpioLine(chip, offset, name));
    }

    @ParameterizedTest
    @EnumSource(BoardModel.class)
    void supplyGroundAndBusesAreNoLinesAndNoLineIsThereTwice(BoardModel model) {
        Set<Integer> none = Set.of(1, 2, 3, 4, 5, 6, 9, 14, 17, 20, 25, 27, 28, 30, 34, 39);
        assertThat(none).allSatisfy(pin -> assertThat(model.line(pin)).isEmpty());
        Set<GpioLine> lines = new HashSet<>();
        IntStream.rangeClosed(1, 40)
                .forEach(pin -> model.line(pin)
                        .ifPresent(line ->
                                assertThat(lines.add(line)).as("pin " + pin).isTrue()));
        assertThat(lines).hasSize(model == BoardModel.JETSON_ORIN_NANO ? 22 : 24);
    }
}

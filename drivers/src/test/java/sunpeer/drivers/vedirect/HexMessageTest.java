package sunpeer.drivers.vedirect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sunpeer.drivers.vedirect.HexMessage.Malformed;

/** Frames of the Victron BlueSolar HEX protocol text, of owners' logs, and made to fail. */
class HexMessageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            51641F9            | Ping[version=16662]
            1000351            | Done[digits=0003]
            154                | Done[digits=]
            3020050            | UnknownCommand[command=2]
            4AAAAFD            | Complaint[code=43690]
            64F                | Restart[]
            7F0ED009600DB      | Register[occasion=GET, register=60912, flags=Flags[bits=0], value=150, length=2]
            8F0ED0064000C      | Register[occasion=SET, register=60912, flags=Flags[bits=0], value=100, length=2]
            A0102000543        | Register[occasion=ASYNCHRONOUS, register=513, flags=Flags[bits=0], value=5, length=1]
            ADBED001A0D5C      | Register[occasion=ASYNCHRONOUS, register=60891, flags=Flags[bits=0], value=3354, length=2]
            A0A2000FFFFFF7FA5  | Register[occasion=ASYNCHRONOUS, register=8202, flags=Flags[bits=0], value=2147483647, length=4]
            adbed001a0d5c      | Register[occasion=ASYNCHRONOUS, register=60891, flags=Flags[bits=0], value=3354, length=2]
            """)
    void frames(String text, String expected) {
        assertThat(HexMessage.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                       | 0 digits
            A                        | 1 digits
            ADBED001A0D5             | 12 digits
            ADBED001A0D5D            | wrong checksum
            AZBED001A0D5C            | not all of it hexadecimal
            A0102000                 | 8 digits
            250                      | wrong checksum
            253                      | command 2 with 0 bytes
            4AAA7                    | command 4 with 1 bytes
            A010250                  | wrong checksum
            A010248                  | register frame of 2 bytes
            A01020048                | register 0x0201 with a value of 0 bytes
            A010200FFFFFFFFFFFFFFFF50| register 0x0201 with more than 63 bits
            A0102000000000000000000048| 26 digits
            """)
    void whatIsNoFrame(String text, String reason) {
        assertThat(HexMessage.parse(text)).isEqualTo(new Malformed(reason));
    }

    @ParameterizedTest
    @CsvSource({"1, true, false, false", "2, false, true, false", "4, false, false, true", "7, true, true, true"})
    void flagsSayWhyThereIsNoValue(int bits, boolean unknown, boolean notSupported, boolean parameterError) {
        int checksum = (0x55 - 0x7 - 0xF0 - 0xED - bits) & 0xFF;
        HexMessage message = HexMessage.parse("7F0ED%02X%02X".formatted(bits, checksum));
        assertThat(message).isInstanceOfSatisfying(HexMessage.Register.class, register -> {
            assertThat(register.value()).isZero();
            assertThat(register.flags().none()).isFalse();
            assertThat(register.flags().unknownRegister()).isEqualTo(unknown);
            assertThat(register.flags().notSupported()).isEqualTo(notSupported);
            assertThat(register.flags().parameterError()).isEqualTo(parameterError);
        });
    }

    @Test
    void everyDigitIsInTheChecksum() {
        String frame = "ADBED001A0D5C";
        for (int at = 0; at < frame.length(); at++) {
            for (char digit : "0123456789ABCDEF".toCharArray()) {
                if (digit != frame.charAt(at)) {
                    String changed = frame.substring(0, at) + digit + frame.substring(at + 1);
                    assertThat(HexMessage.parse(changed)).as(changed).isInstanceOf(Malformed.class);
                }
            }
        }
    }
}

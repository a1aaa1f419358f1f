package dev.rota.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "0,0s",
        "850,850ms",
        "999,999ms",
        "1000,1s",
        "1550,1.5s",
        "59999,59.9s",
        "60000,1m 00s",
        "123000,2m 03s",
        "3599999,59m 59s",
        "3900000,1h 05m",
        "86399999,23h 59m",
        "273600000,3d 04h",
        "-1500,-1.5s",
    })
    void durationsAreShownInAtMostTwoUnits(long millis, String shown) {
        assertThat(Text.duration(Duration.ofMillis(millis))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "1023,1023 B",
        "1024,1 KB",
        "1536,1.5 KB",
        "1048575,1023.9 KB",
        "1048576,1 MB",
        "21474836480,20 GB",
        "9223372036854775807,8388607.9 TB",
    })
    void sizesAreShownWithOneDecimal(long bytes, String shown) {
        assertThat(Text.size(bytes)).isEqualTo(shown);
    }
}

package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionTest {
    @Test
    void partsThatAreNotWrittenAreZero() {
        assertThat(Version.parse("1")).isEqualTo(new Version(1, 0, 0)).hasToString("1.0.0");
        assertThat(Version.parse("1.2")).isEqualTo(new Version(1, 2, 0));
    }

    @Test
    void comparesNumbersAndNotText() {
        assertThat(Stream.of("0.10.0", "0.9.1", "1", "0.9").map(Version::parse).sorted())
                .extracting(Version::toString)
                .containsExactly("0.9.0", "0.9.1", "0.10.0", "1.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0-SNAPSHOT", "1.x", "", "1.", ".1", "1.2.3.4", "-1", "1234567890"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Version.parse(text))
                .hasMessage("'" + text + "' (expected: up to three numbers such as 0.1.0, without a suffix)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [0.1,0.2)   | 0.1.0 | true
                    [0.1,0.2)   | 0.1.9 | true
                    [0.1,0.2)   | 0.2.0 | false
                    [0.1,0.2)   | 0.0.9 | false
                    (0.1,0.2]   | 0.1.0 | false
                    (0.1,0.2]   | 0.1.1 | true
                    (0.1,0.2]   | 0.2.0 | true
                    [0.1,0.1]   | 0.1.0 | true
                    [ 0.1 , 1 ) | 0.1.0 | true
                    0.1         | 0.1.0 | true
                    0.1         | 7.0.0 | true
                    0.1         | 0.0.9 | false
                    """)
    void rangeContains(String range, String version, boolean expected) {
        assertThat(VersionRange.parse(range).contains(Version.parse(version))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.2,0.1]", "[0.1,0.1)", "(0.1,0.1]"})
    void refusesAnEmptyRange(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text))
                .hasMessage("'" + text + "' (expected: a range with a version in it)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.1,0.2", "0.1,0.2", "[0.1]", "^0.1", "*"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text))
                .hasMessage("'" + text + "' (expected: a range of versions such as [0.1,0.2))");
    }

    @Test
    void saysWhichVersionInARangeIsMalformed() {
        assertThatThrownBy(() -> VersionRange.parse("[0.1,2.x)"))
                .hasMessage("'2.x' (expected: up to three numbers such as 0.1.0, without a suffix)");
    }
}

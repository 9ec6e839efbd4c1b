package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SuggestionTest {
    @Test
    void countsASwapAsOneEdit() {
        assertThat(Suggestion.distance("gzpi", "gzip")).isEqualTo(1);
        assertThat(Suggestion.distance("Endpont", "Endpoint")).isEqualTo(1);
        assertThat(Suggestion.distance("ca", "abc")).isEqualTo(3);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void suggestsWhatIsAThirdAwayAtMost() {
        assertThat(Suggestion.of("gzpi", List.of("none", "gzip"))).isEqualTo("; did you mean 'gzip'?");
        assertThat(Suggestion.of("ab", List.of("cd"))).isEqualTo(" (expected: cd)");
        assertThat(Suggestion.of("abcdef", List.of("abcdxy", "abcxyz"))).isEqualTo("; did you mean 'abcdxy'?");
        assertThat(Suggestion.of("abcdef", List.of("abcxyz", "z"))).isEqualTo(" (expected one of: abcxyz, z)");
        assertThat(Suggestion.of("a", List.of())).isEqualTo(" (expected: nothing)");
    }

    @Test
    void listsTwelveAtMost() {
        List<String> many =
                IntStream.range(100, 115).mapToObj(Integer::toString).toList();
        assertThat(Suggestion.of("x", many))
                .isEqualTo(" (expected one of: 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111 and 3 more)");
    }
}

package dev.millrace.spi.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpHeadersTest {
    @Test
    void takeTheFieldsOfOthersInPlaceOfTheirOwn() {
        HttpHeaders both = HttpHeaders.of("A", "1", "B", "2").withAll(HttpHeaders.of("b", "3", "C", "4"));
        assertThat(both.first("A")).contains("1");
        assertThat(both.all("B")).containsExactly("3");
        assertThat(both.first("c")).contains("4");
    }
}

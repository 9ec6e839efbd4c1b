package dev.millrace.plugin.flusher.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MetadataRequestTest {
    private final List<Metadata> tooLarge = new ArrayList<>();

    @Test
    void cutsByBytesAndLeavesOutWhatAloneIsTooLarge() {
        Metadata small = family("a", 50);
        Metadata huge = family("b", 200);

        List<MetadataRequest> requests =
                MetadataRequest.cut(List.of(huge, small, small, huge, small), 130, tooLarge::add);

        assertThat(requests).extracting(request -> request.families().size()).containsExactly(2, 1);
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.body().length())
                        .isBetween(50 * request.families().size(), 130));
        assertThat(tooLarge).containsExactly(huge, huge);
    }

    @Test
    void cutsByFamilies() {
        List<Metadata> families =
                IntStream.range(0, 4001).mapToObj(i -> family("f" + i, 1)).toList();

        assertThat(MetadataRequest.cut(families, 1 << 20, tooLarge::add))
                .extracting(request -> request.families().size())
                .containsExactly(2000, 2000, 1);
        assertThat(tooLarge).isEmpty();
    }

    private static Metadata family(String name, int helpLength) {
        return new Metadata(name, MetricType.COUNTER, "x".repeat(helpLength), "");
    }
}

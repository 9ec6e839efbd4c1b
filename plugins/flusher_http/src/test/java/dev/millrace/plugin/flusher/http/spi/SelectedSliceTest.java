package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.pipeline.Slice;
import org.junit.jupiter.api.Test;

final class SelectedSliceTest {
    private final FakeSlice whole = FakeSlice.of(5);

    @Test
    void showsTheRowsThatPassInTheirOrder() {
        Slice odd = SelectedSlice.of(whole, index -> index % 2 == 1).orElseThrow();

        assertThat(odd.size()).isEqualTo(2);
        assertThat(odd.row(0)).isEqualTo(1);
        assertThat(odd.row(1)).isEqualTo(3);
        assertThat(odd.batch(1)).isSameAs(whole.batch(3));
    }

    @Test
    void isTheSliceItselfWhereAllRowsPassAndNothingWhereNoneDoes() {
        assertThat(SelectedSlice.of(whole, index -> true)).containsSame(whole);
        assertThat(SelectedSlice.of(whole, index -> false)).isEmpty();
    }

    @Test
    void recordsThroughTheWholeSlice() {
        SelectedSlice.of(whole, index -> index == 4).orElseThrow().record("text 1", 17);

        assertThat(whole.recorded).isEqualTo("text 1 11");
    }
}

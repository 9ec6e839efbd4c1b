package dev.millrace.plugin.processor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import org.junit.jupiter.api.Test;

final class GroupNameTest {
    @Test
    void isReadBackWhateverStandsInLabels() {
        for (Labels labels : new Labels[] {
            Labels.EMPTY,
            Labels.of("a", "1:2"),
            Labels.of("__name__", "m", "path", "/x\n3:ab\u00e4\ud83d\ude00"),
            Labels.of("1", "1:", "11", ":")
        }) {
            assertThat(GroupName.parse(GroupName.of(labels))).isEqualTo(labels);
        }
    }
}

package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class DamagesTest {
    private final Segment segment = Segment.of(JournalFixture.FOLDER, 0, 0);
    private final RecordedEvents events = new RecordedEvents();
    private final Damages damages = new Damages(events, DamagedBytes.notKept());

    /* A repaired file has nothing between the records beside a gap. */
    @Test
    void countsAGapAndWhatTheRecordBehindItLacks() throws IOException {
        try (FileAccess.OpenFile file = new FaultyFiles().create(segment.file())) {
            for (int reader = 0; reader < 2; reader++) {
                damages.lost(segment, new DamagedBytes.Range(file, 44, 44), 0, 3, "records are missing");
                damages.lost(segment, 44, 2, "descriptions are lost");
            }
        }
        assertThat(damages.damagedItems()).isEqualTo(5);
        assertThat(events.damaged).hasValue(5);
    }
}

package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often the disk is forced: who waits is committed at once, who does not waits for others. */
final class GroupCommitTest {
    private final FaultyFiles files = new FaultyFiles();

    @Test
    void aLonePushIsForcedAtOnce() throws IOException {
        try (JournalFixture fixture = gathering()) {
            assertThat(fixture.append(JournalFixture.samples(1, 0))).isTrue();
            for (int push = 1; push <= 20; push++) {
                int before = files.forces();
                assertThat(fixture.append(JournalFixture.samples(1, push))).isTrue();
                assertThat(files.forces() - before).isEqualTo(1);
            }
        }
    }

    @Test
    void scrapesAreGatheredForTheirWait() throws IOException {
        try (JournalFixture fixture = gathering()) {
            assertThat(fixture.append(JournalFixture.samples(1, 0))).isTrue();
            int before = files.forces();
            List<Answers> scrapes = new ArrayList<>();
            for (int scrape = 1; scrape <= 1000; scrape++) {
                Answers answer = new Answers(false);
                scrapes.add(answer);
                fixture.journal.append(JournalFixture.samples(1, scrape), answer);
            }
            assertThat(scrapes).noneMatch(Answers::isDone);
            assertThat(fixture.append(JournalFixture.samples(1, 1001))).isTrue();
            assertThat(scrapes).allMatch(Answers::isCommitted);
            assertThat(files.forces() - before).isEqualTo(1);
        }
    }

    @Test
    void scrapesAreForcedWhenTheirWaitIsOverThoughNobodyPushes() throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            Answers answer = new Answers(false);
            fixture.journal.append(JournalFixture.samples(1, 0), answer);
            assertThat(answer.isCommitted()).isTrue();
        }
    }

    /** A journal in which scrapes wait longer than any test. */
    private JournalFixture gathering() throws IOException {
        return new JournalFixture(files, JournalSettings.DEFAULT.withTimes(Duration.ofHours(1), Duration.ofMillis(5)));
    }
}

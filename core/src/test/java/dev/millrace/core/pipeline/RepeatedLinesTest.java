package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RepeatedLinesTest {
    private final AtomicLong now = new AtomicLong();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger log = new LoggerContext().getLogger("test");
    private final RepeatedLines lines = new RepeatedLines(log, now::get);

    @BeforeEach
    void listen() {
        appender.start();
        log.addAppender(appender);
    }

    private List<String> logged() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void theSameErrorIsLoggedOnceInTenSecondsAndTheNextLineCountsTheOthers() {
        for (int i = 0; i < 1_000; i++) {
            lines.error("web/input_x: a task failed: no\n\tat a.B.c(D.java:" + i + ")");
        }
        lines.error("web/input_x: a task failed: something else");
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        lines.error("web/input_x: a task failed: no");
        assertThat(logged())
                .containsExactly(
                        "web/input_x: a task failed: no\n\tat a.B.c(D.java:0)",
                        "web/input_x: a task failed: something else",
                        "web/input_x: a task failed: no (and 999 more failures since the last report)");
    }

    @Test
    void errorsThatAreNeverTheSameAreNoFloodEither() {
        for (int i = 0; i < 1_000; i++) {
            lines.error("web/input_x: a task failed: " + i);
        }
        assertThat(logged()).hasSize(16);
    }
}

package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogLinesTest {
    @AutoClose
    private final World world = new World();

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.millrace.core.delivery");

    @BeforeEach
    void start() throws IOException {
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.INFO);
        world.start();
    }

    @AfterEach
    void detach() {
        logger.setLevel(null);
        logger.detachAppender(appender);
    }

    @Test
    void saysOnceAMinuteWhyAFlusherIsHeld() {
        world.flusher.answer(call -> call.held("401 wrong password"));
        world.appendSeries("a", 0, 50);
        world.pass(Duration.ofSeconds(59));
        assertThat(lines()).hasSize(1);
        world.pass(Duration.ofMinutes(5));
        assertThat(lines()).hasSize(6).allMatch(line -> line.startsWith("web/fake: held, nothing is lost"));
        assertThat(lines()).allMatch(line -> line.endsWith(": 401 wrong password"));
        world.flusher.answer(Call::delivered);
        world.pass(Duration.ofMinutes(1));
        assertThat(lines()).last().isEqualTo("web/fake: no longer held");
    }

    @Test
    void doesNotRepeatEveryRejection() {
        world.flusher.answer(call -> call.rejected("400"));
        world.appendSeries("a", 0, 100);
        assertThat(lines())
                .containsExactly("web/fake: rejected 10 items with status 400: no (10 items rejected in all)");
        world.passMillis(1000);
        world.appendSeries("a", 100_000, 10);
        assertThat(lines()).hasSize(2);
        assertThat(lines())
                .last()
                .isEqualTo("web/fake: rejected 10 items with status 400: no (110 items rejected in all)"
                        + " (9 like it since the last line)");
    }

    @Test
    void saysWhenItFailsAndWhenItDeliversAgain() {
        world.flusher.answer(Call::retry);
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofSeconds(59));
        assertThat(lines()).containsExactly("web/fake: cannot deliver, and tries again: busy");
        world.flusher.answer(Call::delivered);
        world.pass(Duration.ofMinutes(1));
        assertThat(lines()).last().isEqualTo("web/fake: delivers again");
    }

    private List<String> lines() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}

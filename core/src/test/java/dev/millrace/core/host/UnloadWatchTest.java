package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.millrace.core.plugin.ClosedPlugin;
import dev.millrace.core.plugin.PluginLoader;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What was closed is watched until it is gone, and named where it is not. */
final class UnloadWatchTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.millrace.host");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private long now;
    private int collections;
    private WeakReference<ClassLoader> collectable = new WeakReference<>(null);
    private final UnloadWatch watch = new UnloadWatch(() -> now, () -> {
        collections++;
        collectable.clear();
    });

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(log);
    }

    @Test
    void whatIsCollectedIsForgotten() {
        collectable = new WeakReference<>(new URLClassLoader(new URL[0]));
        watch.add(new ClosedPlugin("gone", PluginLoader.SPI_VERSION, collectable));
        look(Duration.ofSeconds(9));
        assertThat(watch.unloading()).isEqualTo(1);
        assertThat(collections).isZero();
        look(Duration.ofSeconds(1));
        assertThat(collections).isEqualTo(1);
        assertThat(watch.unloading()).isZero();
        look(Duration.ofMinutes(5));
        assertThat(collections).isEqualTo(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void whatStaysIsNamedOnce() throws Exception {
        ClassLoader loader = new URLClassLoader("plugin:leaky", new URL[0], null);
        Thread thread = new Thread(new CompletableFuture<Void>()::join, "forgotten");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        watch.add(new ClosedPlugin("leaky", PluginLoader.SPI_VERSION, new WeakReference<>(loader)));
        look(Duration.ofSeconds(30));
        assertThat(log.list).isEmpty();
        look(Duration.ofSeconds(30));
        look(Duration.ofSeconds(30));
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo(List.of("plugin leaky 0.1.0 was replaced 60 s ago and is still in the memory: the thread"
                        + " 'forgotten' runs on; its stop() has to end that"));
        assertThat(watch.unloading()).isZero();
        assertThat(watch.leaked()).isEqualTo(1);
    }

    private void look(Duration later) {
        now += later.toNanos();
        watch.look();
    }
}

package dev.millrace.core.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The set-up of the process's logs, made once at its start and not by a file, which would cost start-up time. */
public final class Logging {
    /** The key of the mapped diagnostic context that names the component a line is about. */
    public static final String COMPONENT = "component";

    private Logging() {}

    /** How lines are written. */
    public enum Format {
        /** For people. */
        TEXT,
        /** For machines: a JSON object a line. */
        JSON
    }

    /**
     * Loads what {@link #start} needs, so that it can be done beside other work. SLF4J gives loggers that are no good to a
     * thread that asks while another is the first to do so, hence the lock.
     */
    public static synchronized void prepare() {
        LoggerFactory.getILoggerFactory();
    }

    /** Sends all that is logged from {@code level} on to standard error. */
    public static synchronized void start(Format format, org.slf4j.event.Level level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        EncoderBase<ILoggingEvent> encoder = format == Format.JSON ? new JsonLines() : new TextLines();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.convertAnSLF4JLevel(level));
        root.addAppender(appender);
        context.getLogger("io.netty").setLevel(Level.WARN);
    }

    /** The component that an event is about: the one whose code runs, else the last part of the logger's name. */
    static String component(ILoggingEvent event) {
        String component = event.getMDCPropertyMap().get(COMPONENT);
        if (component != null) {
            return component;
        }
        String logger = event.getLoggerName();
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}

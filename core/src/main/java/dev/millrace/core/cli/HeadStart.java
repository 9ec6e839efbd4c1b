package dev.millrace.core.cli;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.OptionsType;
import dev.millrace.core.logging.Logging;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a start of the collector needs whatever the command line says, made on a second thread while that is read. Each
 * piece is kept by the class that owns it, and made there if it is not here.
 */
final class HeadStart {
    private HeadStart() {}

    static void begin() {
        Thread thread = new Thread(HeadStart::run, "head start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        Logging.prepare();
        OptionsType.of(HostSettings.class);
        try {
            MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("each Java has SHA-256", e);
        }
    }
}

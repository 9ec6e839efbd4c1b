package dev.millrace.core.cli;

import dev.millrace.core.config.FileContent;
import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.OptionsType;
import dev.millrace.core.logging.Logging;

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
        FileContent.fingerprint(new byte[0]); // Java looks for the algorithm
    }
}

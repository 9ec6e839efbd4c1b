package dev.millrace.core.cli;

import dev.millrace.core.host.Build;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Prints versions. */
@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer>, IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "millrace " + Build.version() + " (Java " + Runtime.version() + ", SPI " + Build.spiVersion() + ")"
        };
    }

    @Override
    public Integer call() {
        System.out.println(getVersion()[0]);
        return 0;
    }
}

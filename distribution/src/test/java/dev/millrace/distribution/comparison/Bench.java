package dev.millrace.distribution.comparison;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench}. */
@Command(
        name = "bench",
        description = "Measures Millrace beside other collectors, on this machine.",
        subcommands = RunCommand.class)
public final class Bench {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this.")
    @SuppressWarnings("unused") // picocli asks for it
    private boolean help;

    private Bench() {}

    /** Runs a subcommand and exits with its code. */
    public static void main(String[] arguments) {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or an answer waits for the client's delayed ACK
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE); // which writes no details
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}

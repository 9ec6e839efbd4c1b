package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.sharing.ClassArchive;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of the process. */
@Command(
        name = "millrace",
        description = "A telemetry collector that you extend by dropping a jar into a folder.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All went well; for run: an orderly stop",
            "1:Something that should not happen did",
            "2:The command line is wrong",
            "3:The configuration is wrong",
            "4:The data folder cannot be used, or another process uses it",
            "5:The admin address cannot be bound",
            "6:No host runs with this data folder",
            "7:What is stored is damaged"
        })
public final class Main {
    private static final List<Class<?>> SUBCOMMANDS = List.of(
            RunCommand.class,
            ValidateCommand.class,
            StatusCommand.class,
            TapCommand.class,
            ReloadCommand.class,
            ConfigCommand.class,
            RelabelCommand.class,
            TestCommand.class,
            PluginsCommand.class,
            JournalCommand.class,
            DeadLettersCommand.class,
            VersionCommand.class);

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("run")) {
            HeadStart.begin();
        }
        int code = commands(arguments).execute(arguments);
        ClassArchive archive = ClassArchive.ofLauncher();
        if (archive != null) {
            archive.close(); // the launcher made a file for it, also for a command line that turned out to be wrong
        }
        System.exit(code);
    }

    /**
     * All commands: those of the host, and each {@link Subcommand} on the class path. Where the arguments begin with the name
     * of one of the host's, it is that one alone: to make them all takes more time than to open a journal.
     */
    static CommandLine commands(String... arguments) {
        CommandLine commands = new CommandLine(new Main());
        List<Class<?>> named = SUBCOMMANDS.stream()
                .filter(type -> arguments.length > 0 && name(type).equals(arguments[0]))
                .toList();
        if (named.isEmpty()) {
            SUBCOMMANDS.forEach(commands::addSubcommand);
            ServiceLoader.load(Subcommand.class, Main.class.getClassLoader()).forEach(commands::addSubcommand);
        } else {
            named.forEach(commands::addSubcommand);
        }
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (thrown instanceof IOException trouble) {
                command.getErr().println("millrace: " + FileTrouble.line(trouble));
                return ExitCode.FAILURE.code();
            }
            command.getErr().println("millrace: " + thrown);
            thrown.printStackTrace(command.getErr());
            return ExitCode.FAILURE.code();
        });
        return commands;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }
}

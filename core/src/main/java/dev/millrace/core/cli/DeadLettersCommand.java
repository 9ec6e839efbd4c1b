package dev.millrace.core.cli;

import picocli.CommandLine.Command;

/** Commands about what destinations will never take. */
@Command(
        name = "dead-letters",
        description = "Look at the requests that destinations will never take, and send them again.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeadLettersListCommand.class,
            DeadLettersShowCommand.class,
            DeadLettersExportCommand.class,
            DeadLettersReplayCommand.class,
            DeadLettersPurgeCommand.class
        })
final class DeadLettersCommand {}

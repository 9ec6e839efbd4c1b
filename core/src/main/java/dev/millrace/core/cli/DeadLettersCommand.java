package dev.millrace.core.cli;

import picocli.CommandLine.Command;

/** Commands about what destinations will never take. */
@Command(
        name = "dead-letters",
        description = "Look at the requests that destinations will never take.",
        mixinStandardHelpOptions = true,
        subcommands = {DeadLettersListCommand.class, DeadLettersExportCommand.class})
final class DeadLettersCommand {}

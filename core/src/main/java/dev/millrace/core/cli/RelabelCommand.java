package dev.millrace.core.cli;

import picocli.CommandLine.Command;

/** Commands about rules for labels. */
@Command(
        name = "relabel",
        description = "Look at rules for labels.",
        mixinStandardHelpOptions = true,
        subcommands = RelabelExplainCommand.class)
final class RelabelCommand {}

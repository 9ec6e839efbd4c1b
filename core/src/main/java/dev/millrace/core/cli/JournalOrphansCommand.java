package dev.millrace.core.cli;

import picocli.CommandLine.Command;

/** Commands about backlogs that removed flushers left. */
@Command(
        name = "orphans",
        description =
                "Look at what flushers left when they were taken out of a pipeline, and what pipelines left whose file is gone.",
        mixinStandardHelpOptions = true,
        subcommands = {JournalOrphansListCommand.class, JournalOrphansDeleteCommand.class})
final class JournalOrphansCommand {}

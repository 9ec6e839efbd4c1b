package dev.millrace.core.cli;

import picocli.CommandLine.Command;

/** Commands about what is stored. */
@Command(
        name = "journal",
        description = "Look at the journals in a data folder, or in a copy of one, and mend them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            JournalInspectCommand.class,
            JournalVerifyCommand.class,
            JournalRepairCommand.class,
            JournalExportCommand.class,
            JournalOrphansCommand.class
        })
final class JournalCommand {}

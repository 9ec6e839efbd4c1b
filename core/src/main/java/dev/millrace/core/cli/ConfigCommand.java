package dev.millrace.core.cli;

import picocli.CommandLine.Command;

/** Commands about the configuration. */
@Command(
        name = "config",
        description = "Look at the configuration.",
        mixinStandardHelpOptions = true,
        subcommands = {ConfigPrintCommand.class, ConfigDiffCommand.class, ConfigSchemaCommand.class})
final class ConfigCommand {}

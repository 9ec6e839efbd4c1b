package dev.millrace.core.cli;

import picocli.CommandLine.Command;

/** Commands about plugins. */
@Command(
        name = "plugins",
        description = "Look at the plugins.",
        mixinStandardHelpOptions = true,
        subcommands = PluginsListCommand.class)
final class PluginsCommand {}

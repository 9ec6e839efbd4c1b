package dev.millrace.core.cli;

import picocli.CommandLine.Command;

/** Commands about plugins. */
@Command(
        name = "plugins",
        description = "Look at the plugins, and change them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PluginsNewCommand.class,
            PluginsListCommand.class,
            PluginsDescribeCommand.class,
            PluginsInstallCommand.class,
            PluginsUpgradeCommand.class,
            PluginsRemoveCommand.class,
            PluginsVerifyCommand.class
        })
final class PluginsCommand {}

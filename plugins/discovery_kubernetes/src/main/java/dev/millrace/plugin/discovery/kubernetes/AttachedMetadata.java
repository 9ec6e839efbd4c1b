package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.SnakeCase;

/**
 * Labels and annotations of other objects that targets get.
 *
 * @param node those of the node that a target runs on
 * @param namespace those of a target's namespace
 */
@SnakeCase
@Doc("Labels and annotations of other objects that targets get.")
public record AttachedMetadata(
        @Doc(
                "Whether targets of pods and endpoints get those of their node, which takes the right to list and watch nodes.")
        @Default("false")
        boolean node,

        @Doc("Whether targets get those of their namespace, which takes the right to list and watch namespaces.")
        @Default("false")
        boolean namespace) {}

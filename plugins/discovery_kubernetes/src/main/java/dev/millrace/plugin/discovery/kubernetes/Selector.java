package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.SnakeCase;

/**
 * Which objects of a kind are wanted.
 *
 * @param label by their labels, as {@code kubectl -l} has it
 * @param field by their fields, as {@code kubectl --field-selector} has it
 */
@SnakeCase
@Doc(value = "Which objects of a kind are wanted; the cluster leaves out the others.", example = """
        role: pod
        label: 'app=shop'
        """)
public record Selector(
        @Doc(value = "The kind: pod, service, endpoints, endpointslice, node or ingress.", example = "pod")
        Role role,

        @Doc(value = "By labels, as 'kubectl -l' has it.", example = "app=shop,tier!=test") @Default("''")
        String label,

        @Doc(value = "By fields, as 'kubectl --field-selector' has it.", example = "spec.nodeName=node-1")
        @Default("''")
        String field) {}

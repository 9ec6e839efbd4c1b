package dev.millrace.distribution.init;

import dev.millrace.core.config.Node;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What becomes of a key that has no counterpart here.
 *
 * @param leavesOut whether what has the key is left out as a whole, because it would not do what it does in Prometheus
 * @param harmless values that mean what happens here anyway, about which there is nothing to say
 * @param reason why it is not taken over, in words
 */
record KeyRule(boolean leavesOut, Predicate<Node> harmless, String reason) {
    /** The key changes what is collected or sent: without it, nothing is taken over. */
    static KeyRule leaveOut(String reason) {
        return new KeyRule(true, KeyRule::isNothing, reason);
    }

    /** The key can be done without; a line says so. */
    static KeyRule without(String reason) {
        return new KeyRule(false, KeyRule::isNothing, reason);
    }

    /** The key never makes a difference. */
    static KeyRule ignore() {
        return new KeyRule(false, node -> true, "");
    }

    /** The same rule, without effect for some values. */
    KeyRule unless(String... values) {
        Set<String> texts = Set.of(values);
        return unless(node -> node instanceof Node.Scalar scalar && texts.contains(scalar.text()));
    }

    /** The same rule, without effect for some values. */
    KeyRule unless(Predicate<Node> more) {
        return new KeyRule(leavesOut, harmless.or(more), reason);
    }

    private static boolean isNothing(Node node) {
        return node instanceof Node.Nothing || isEmptyMapping(node) || isEmptySequence(node);
    }

    private static boolean isEmptyMapping(Node node) {
        return node instanceof Node.Mapping mapping && mapping.entries().isEmpty();
    }

    private static boolean isEmptySequence(Node node) {
        return node instanceof Node.Sequence sequence && sequence.items().isEmpty();
    }
}

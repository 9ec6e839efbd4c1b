package dev.millrace.distribution.init;

import dev.millrace.core.config.Node;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The lines of Prometheus' file, from which what is left out is kept as a comment. */
final class SourceLines {
    private static final Pattern NO_CONTENT = Pattern.compile("\\s*(#.*)?");

    private final List<String> lines;
    private final TreeSet<Integer> beginnings = new TreeSet<>();

    SourceLines(List<String> lines, Node.Mapping root) {
        this.lines = List.copyOf(lines);
        beginnings.add(lines.size() + 1);
        for (Node.Entry entry : root.entries()) {
            beginnings.add(entry.location().line());
            if (entry.value() instanceof Node.Sequence sequence) {
                sequence.items().forEach(item -> beginnings.add(item.location().line()));
            }
        }
    }

    /** The lines of an entry of a list, up to what comes next, without what they are indented by. */
    List<String> of(Part part) {
        int first = part.location().line();
        Integer next = beginnings.higher(first);
        int end = next == null ? lines.size() : next - 1;
        while (end > first && NO_CONTENT.matcher(lines.get(end - 1)).matches()) {
            end--;
        }
        List<String> own = lines.subList(first - 1, Math.max(first, end));
        int indent = own.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return own.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent).stripTrailing())
                .toList();
    }
}

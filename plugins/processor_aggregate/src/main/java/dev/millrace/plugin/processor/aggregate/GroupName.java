package dev.millrace.plugin.processor.aggregate;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;

/** Under what name the state of a group is kept: each name and value of its labels, behind its length: {@code 3:job4:shop}. */
final class GroupName {
    private GroupName() {}

    static String of(Labels group) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < group.size(); i++) {
            add(name, group.name(i));
            add(name, group.value(i));
        }
        return name.isEmpty() ? ":" : name.toString();
    }

    private static void add(StringBuilder name, Symbol part) {
        String text = part.toString();
        name.append(text.length()).append(':').append(text);
    }

    static Labels parse(String name) {
        LabelsBuilder labels = Labels.builder();
        for (int at = 0; at + 1 < name.length(); ) {
            int label = name.indexOf(':', at) + 1;
            int between = label + Integer.parseInt(name, at, label - 1, 10);
            int value = name.indexOf(':', between) + 1;
            at = value + Integer.parseInt(name, between, value - 1, 10);
            labels.set(name.substring(label, between), name.substring(value, at));
        }
        return labels.build();
    }
}

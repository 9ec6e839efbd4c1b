package dev.millrace.core.config;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.PluginFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a pipeline's file: which components there are, and of which plugin. */
final class EntryReader {
    private final TypeNames types;
    private final Problems problems;
    private final Map<ComponentId, Entry> byId = new HashMap<>();

    EntryReader(TypeNames types, Problems problems) {
        this.types = types;
        this.problems = problems;
    }

    /** The entries of a section, in the order of the file; those of unknown type are among them. */
    List<Entry> read(Section section, Node.Mapping root) {
        Node node = root.get(section.key());
        List<Entry> entries = new ArrayList<>();
        if (node == null) {
            if (section.required()) {
                problems.add(root.location(), "", ConfigMessage.MISSING_SECTION, section.key(), section.singular());
            }
            return entries;
        }
        if (node instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                OptionPath path = OptionPath.component(section.key() + "[" + i + "]");
                Node item = sequence.items().get(i);
                Entry entry = section == Section.AGGREGATORS && i > 0 ? second(item, path) : entry(section, item, path);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        } else if (!(node instanceof Node.Nothing || node instanceof Node.Broken)) {
            problems.add(
                    node.location(),
                    section.key(),
                    ConfigMessage.WRONG_KIND,
                    node.kind(),
                    "a list of entries with a 'Type'");
            return entries;
        }
        if (section.required() && isEmpty(node)) {
            problems.add(node.location(), section.key(), ConfigMessage.EMPTY_SECTION, section.singular());
        }
        return entries;
    }

    private static boolean isEmpty(Node node) {
        return node instanceof Node.Nothing
                || node instanceof Node.Sequence sequence && sequence.items().isEmpty();
    }

    private @Nullable Entry second(Node item, OptionPath path) {
        problems.add(item.location(), path.shown(), ConfigMessage.SECOND_AGGREGATOR);
        return null;
    }

    private @Nullable Entry entry(Section section, Node item, OptionPath path) {
        if (item instanceof Node.Broken) {
            return null;
        }
        if (!(item instanceof Node.Mapping mapping)) {
            problems.add(
                    item.location(), path.shown(), ConfigMessage.WRONG_KIND, item.kind(), "a mapping with a 'Type'");
            return null;
        }
        Node type = mapping.get("Type");
        if (type == null) {
            problems.add(mapping.location(), path.shown(), ConfigMessage.MISSING_KEY, "Type");
            return null;
        }
        ComponentId written = types.read(type, path.shown() + ".Type");
        if (written == null) {
            return null;
        }
        PluginFactory<?, ?> factory =
                types.find(written.type(), kind -> Section.of(kind) == section, type.location(), path.shown());
        if (factory != null && Section.of(factory.kind()) != section) {
            problems.add(
                    type.location(),
                    path.shown(),
                    ConfigMessage.WRONG_SECTION,
                    written.type(),
                    TypeNames.kind(factory.kind()),
                    Section.of(factory.kind()).key());
            factory = null;
        }
        ComponentId id = factory == null ? written : new ComponentId(factory.type(), written.name());
        Entry entry = new Entry(section, id, factory, mapping.without("Type"), path, 0);
        if (factory != null) {
            checkUnique(entry, type.location());
        }
        return entry;
    }

    private void checkUnique(Entry entry, Location location) {
        Entry first = byId.putIfAbsent(entry.id(), entry);
        if (first == null) {
            return;
        }
        problems.add(
                location,
                entry.path().shown(),
                entry.id().name().isEmpty() ? ConfigMessage.SECOND_OF_ONE_TYPE : ConfigMessage.SECOND_OF_ONE_NAME,
                entry.id(),
                first.path().shown(),
                first.location().inFile());
    }
}

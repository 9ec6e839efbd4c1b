package dev.millrace.core.config;

import dev.millrace.core.message.Wording;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Parses a text of YAML. */
final class YamlText {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_CODE_POINTS = 4 << 20;

    private YamlText() {}

    /**
     * The root of the tree.
     *
     * @param substitution null leaves texts as they are
     * @return {@link Node.Nothing} for an empty text, {@link Node.Broken} after an error of syntax, which is reported
     */
    static Node parse(String file, String text, @Nullable Substitution substitution, Problems problems) {
        Location start = new Location(file, 1, 1);
        Location unprintable = unprintable(file, text);
        if (unprintable != null) {
            problems.add(unprintable, "", ConfigMessage.CONTROL_CHARACTER);
            return new Node.Broken(start);
        }
        StreamReader reader = new StreamReader(text);
        LoaderOptions options = options();
        org.yaml.snakeyaml.nodes.Node root;
        try {
            root = new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
        } catch (MarkedYAMLException e) {
            problems.add(location(file, e, reader), "", wording(file, e));
            return new Node.Broken(start);
        } catch (NumberFormatException e) {
            // What the parser throws for "\UFFFFFFFF", the number of no character.
            problems.add(location(file, reader.getMark()), "", ConfigMessage.ESCAPE_WITHOUT_CHARACTER);
            return new Node.Broken(start);
        } catch (YAMLException e) {
            // A limit; the parser gives these no mark.
            problems.add(location(file, reader.getMark()), "", ConfigMessage.SYNTAX, e.getMessage());
            return new Node.Broken(start);
        }
        return root == null ? new Node.Nothing(start) : new NodeTree(file, substitution, problems).convert(root);
    }

    static Location location(String file, Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setNestingDepthLimit(MAX_DEPTH);
        // What aliases repeat is limited by NodeTree, which counts the nodes that they stand for.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        return options;
    }

    private static Location location(String file, MarkedYAMLException exception, StreamReader reader) {
        Mark mark = exception.getProblemMark();
        return location(file, mark == null ? reader.getMark() : mark);
    }

    private static Wording wording(String file, MarkedYAMLException exception) {
        String problem = exception.getProblem() == null ? "not YAML" : exception.getProblem();
        if (exception.getContext() == null) {
            return ConfigMessage.SYNTAX.with(problem);
        }
        Mark context = exception.getContextMark();
        if (context == null) {
            return ConfigMessage.SYNTAX.with(problem + " (" + exception.getContext() + ")");
        }
        return ConfigMessage.SYNTAX_WITHIN.with(
                problem, exception.getContext(), location(file, context).inFile());
    }

    private static @Nullable Location unprintable(String file, String text) {
        int line = 1;
        int column = 1;
        for (int index = 0; index < text.length(); ) {
            int codePoint = text.codePointAt(index);
            if (!StreamReader.isPrintable(codePoint)) {
                return new Location(file, line, column);
            }
            index += Character.charCount(codePoint);
            column = codePoint == '\n' ? 1 : column + 1;
            line += codePoint == '\n' ? 1 : 0;
        }
        return null;
    }
}

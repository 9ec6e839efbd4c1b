package dev.millrace.core.description;

import java.util.List;
import java.util.stream.Collectors;

/** A table of keys in Markdown. */
final class KeyTable {
    private static final String HEAD =
            "| key | type | default | what it does | example |\n| --- | --- | --- | --- | --- |\n";

    private KeyTable() {}

    static String of(List<KeyDescription> keys) {
        return keys.stream().map(KeyTable::row).collect(Collectors.joining("", HEAD, ""));
    }

    private static String row(KeyDescription key) {
        String name = code(key.path())
                + key.aliases().stream().map(alias -> " or " + code(alias)).collect(Collectors.joining());
        String standard = key.required() ? "required" : key.standard().isEmpty() ? "" : code(key.standard());
        return cells(
                name, cell(key.type()), standard, cell(key.doc()), key.example().isEmpty() ? "" : code(key.example()));
    }

    private static String cells(String... cells) {
        return String.join(" | ", cells).transform(text -> "| " + text + " |\n");
    }

    private static String code(String text) {
        return "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}

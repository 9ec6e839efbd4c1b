package dev.millrace.plugin.lib.credentials.oauth2;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the members of a JSON object whose values are texts, numbers, or {@code true} and {@code false}
 * (RFC 8259). What is {@code null} counts as absent; objects and arrays inside it are checked and left out. Used once.
 */
final class JsonMembers {
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private JsonMembers(String text) {
        this.text = text;
    }

    /** The members by name, numbers as they were written; empty where the text is not a JSON object. */
    static Optional<Map<String, String>> parse(String text) {
        JsonMembers reader = new JsonMembers(text);
        try {
            reader.space();
            Map<String, String> members = reader.object(0);
            reader.space();
            return reader.at == text.length() ? Optional.of(members) : Optional.empty();
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private Map<String, String> object(int depth) throws MalformedException {
        Map<String, String> members = new HashMap<>();
        expect('{');
        space();
        if (accept('}')) {
            return members;
        }
        do {
            space();
            String name = string();
            space();
            expect(':');
            Optional<String> value = value(depth + 1);
            value.ifPresent(known -> members.put(name, known));
            space();
        } while (accept(','));
        expect('}');
        return members;
    }

    private void array(int depth) throws MalformedException {
        expect('[');
        space();
        if (accept(']')) {
            return;
        }
        do {
            Optional<String> unused = value(depth + 1);
            space();
        } while (accept(','));
        expect(']');
    }

    private Optional<String> value(int depth) throws MalformedException {
        if (depth > DEEPEST) {
            throw new MalformedException();
        }
        space();
        switch (peek()) {
            case '"' -> {
                return Optional.of(string());
            }
            case '{' -> {
                Map<String, String> unused = object(depth);
                return Optional.empty();
            }
            case '[' -> {
                array(depth);
                return Optional.empty();
            }
            default -> {
                return Optional.of(word()).filter(word -> !word.equals("null"));
            }
        }
    }

    private String word() throws MalformedException {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0
                || at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (!word.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            throw new MalformedException();
        }
        return word;
    }

    private String string() throws MalformedException {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                throw new MalformedException();
            }
            string.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() throws MalformedException {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new MalformedException();
        };
    }

    private char unicode() throws MalformedException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw new MalformedException();
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean accept(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws MalformedException {
        if (!accept(c)) {
            throw new MalformedException();
        }
    }

    private char peek() throws MalformedException {
        if (at == text.length()) {
            throw new MalformedException();
        }
        return text.charAt(at);
    }

    private char next() throws MalformedException {
        char c = peek();
        at++;
        return c;
    }

    /** The text is not JSON. */
    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;
    }
}

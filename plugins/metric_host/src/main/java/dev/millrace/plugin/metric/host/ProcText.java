package dev.millrace.plugin.metric.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A text of /proc or /sys, taken apart by lines and by fields between blanks. Makes no string unless it is asked for one. Used
 * again for text after text; not thread-safe.
 */
final class ProcText {
    private static final long LARGEST_TENTH = Long.MAX_VALUE / 10;

    private byte[] bytes = new byte[8192];
    private int length;
    private String name = "";
    private int line;
    private int lineStart;
    private int lineEnd;
    private int start;
    private int end;

    /**
     * Begins with the content of a file.
     *
     * @throws IOException if it cannot be read; the message names it
     */
    ProcText read(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            length = 0;
            int count = in.read(bytes, 0, bytes.length);
            while (count > 0) {
                length += count;
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
                count = in.read(bytes, length, bytes.length - length);
            }
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            String path = file.toString();
            throw new IOException(message.contains(path) ? message : path + ": " + message, e);
        }
        begin(file.toString());
        return this;
    }

    /** Begins with the content of a file; false where the kernel gives none, as of properties that a device does not have. */
    boolean isGiven(Path file) {
        try {
            read(file);
            return true;
        } catch (IOException notGiven) {
            return false;
        }
    }

    /** Begins with what a stream gives now, without waiting for more. */
    ProcText readAvailable(InputStream in, String source) throws IOException {
        int available = in.available();
        if (available > bytes.length) {
            bytes = new byte[available];
        }
        length = in.readNBytes(bytes, 0, available);
        begin(source);
        return this;
    }

    private void begin(String source) {
        name = source;
        line = 0;
        lineEnd = -1;
    }

    /** Goes to the next line, before its first field; false at the end. */
    boolean nextLine() {
        lineStart = lineEnd + 1;
        if (lineStart >= length) {
            return false;
        }
        line++;
        lineEnd = lineStart;
        while (lineEnd < length && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        start = lineStart;
        end = lineStart;
        return true;
    }

    /** Goes to the next field of the line; false where there is none. */
    boolean nextField() {
        start = end;
        while (start < lineEnd && isBlank(bytes[start])) {
            start++;
        }
        end = start;
        while (end < lineEnd && !isBlank(bytes[end])) {
            end++;
        }
        return start < end;
    }

    /** Goes to what stands before the last {@code separator} of the line, without blanks around it; false where there is none. */
    boolean nextFieldBefore(char separator) {
        int at = lineEnd - 1;
        while (at > end && bytes[at] != separator) {
            at--;
        }
        if (at <= end) {
            return false;
        }
        start = end;
        while (start < at && isBlank(bytes[start])) {
            start++;
        }
        end = at;
        return true;
    }

    /** Goes past the separator that {@link #nextFieldBefore} found. */
    void skipSeparator() {
        end++;
    }

    /** Goes to what is left of the line, without blanks around it. */
    void rest() {
        start = end;
        while (start < lineEnd && isBlank(bytes[start])) {
            start++;
        }
        end = lineEnd;
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
    }

    /** Whether the field is this text, which is ASCII. */
    boolean is(String text) {
        return end - start == text.length() && startsWith(text);
    }

    /** Whether the field begins with this text, which is ASCII. */
    boolean startsWith(String text) {
        if (end - start < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the line ends with this text, which is ASCII. */
    boolean endsLine(String text) {
        boolean same = lineEnd - lineStart >= text.length();
        for (int i = 0; i < text.length() && same; i++) {
            same = bytes[lineEnd - text.length() + i] == text.charAt(i);
        }
        return same;
    }

    /** The field. */
    String text() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** The first byte of the field. */
    int letter() {
        return bytes[start] & 0xff;
    }

    /** The hash of the field's bytes. */
    int hash() {
        int hash = 0x811c9dc5;
        for (int i = start; i < end; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * 0x01000193;
        }
        return hash ^ (hash >>> 15);
    }

    /** Whether the field has these bytes. */
    boolean is(byte[] other) {
        return Arrays.equals(bytes, start, end, other, 0, other.length);
    }

    /** A copy of the field's bytes. */
    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /**
     * Goes to the next field, and reads it as a number.
     *
     * @throws IOException if there is none, or it is none; the message names the place
     */
    double nextNumber() throws IOException {
        nextField();
        return number();
    }

    /**
     * The field as a decimal number without exponent, which may have a sign; an integer may be as large as 2⁶⁴ - 1.
     *
     * @throws IOException if it is none; the message names the place
     */
    double number() throws IOException {
        boolean negative = start < end && bytes[start] == '-';
        int at = negative ? start + 1 : start;
        long digits = 0;
        int first = at;
        while (at < end && isDigit(bytes[at]) && digits <= LARGEST_TENTH - 1) {
            digits = 10 * digits + bytes[at++] - '0';
        }
        if (at == end && at > first) {
            return negative ? -digits : digits;
        }
        return longNumber();
    }

    /**
     * The field as an integer, which is hexadecimal where it begins with {@code 0x}.
     *
     * @throws IOException if it is none; the message names the place
     */
    double integer() throws IOException {
        if (!startsWith("0x")) {
            return number();
        }
        long value = 0;
        for (int i = start + 2; i < end; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                throw new IOException(unexpected("a number"));
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /* Fractions, and integers near or beyond the largest long: the JDK rounds them as it should be. */
    private double longNumber() throws IOException {
        boolean digit = false;
        boolean good = true;
        for (int i = start; i < end; i++) {
            digit |= isDigit(bytes[i]);
            good &= isDigit(bytes[i]) || bytes[i] == '.' || bytes[i] == '-' && i == start;
        }
        try {
            if (digit && good) {
                return Double.parseDouble(text());
            }
        } catch (NumberFormatException e) {
            throw new IOException(unexpected("a number"), e);
        }
        throw new IOException(unexpected("a number"));
    }

    /** What is wrong with the field, with its place. */
    String unexpected(String expected) {
        return name + ": line " + Math.max(1, line) + ": '" + text() + "' (expected: " + expected + ")";
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || one == '\t' || one == '\r';
    }

    private static boolean isDigit(byte one) {
        return one >= '0' && one <= '9';
    }
}

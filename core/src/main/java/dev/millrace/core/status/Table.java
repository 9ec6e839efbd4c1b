package dev.millrace.core.status;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of cells under headers: two columns of words on the left, then numbers, which end at the right. A row can have notes,
 * which stand below it over the whole width. Not thread-safe.
 */
final class Table {
    private static final String GAP = "  ";
    private static final String INDENT = "  ";
    private static final String NOTE = "      ";
    private static final int WORDS = 2;

    private final List<Row> rows = new ArrayList<>();

    /** Cells, the paint of the second one, and lines below. */
    private record Row(List<String> cells, Paint paint, List<Note> notes) {}

    private record Note(String text, Paint paint) {}

    Table(String... headers) {
        rows.add(new Row(List.of(headers), Paint.FAINT, List.of()));
    }

    /** Adds a row, whose second cell is painted. */
    Table row(Paint paint, String... cells) {
        rows.add(new Row(List.of(cells), paint, new ArrayList<>()));
        return this;
    }

    /** Adds a line below the row that was added last. */
    Table note(Paint paint, String text) {
        rows.get(rows.size() - 1).notes.add(new Note(text, paint));
        return this;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The width of a column of words. */
    int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.cells.get(column).length())
                .max()
                .orElse(0);
    }

    /**
     * Appends the table.
     *
     * @param first the width of the first column; what is longer is cut
     * @param second the width of the second column
     * @param width the width of the page, at which notes are broken
     */
    void append(StringBuilder page, int first, int second, int width, boolean colour) {
        boolean header = true;
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.cells.size(); column++) {
                String cell = row.cells.get(column);
                if (column == 0) {
                    line.append(String.format("%-" + first + "s", cut(cell, first)));
                } else if (column < WORDS) {
                    String word = header ? cell : row.paint.on(cell, colour);
                    line.append(GAP).append(word).append(" ".repeat(second - cell.length()));
                } else {
                    line.append(GAP).append(String.format("%" + Math.max(1, width(column)) + "s", cell));
                }
            }
            String text = INDENT + line.toString().stripTrailing();
            page.append(header ? Paint.FAINT.on(text, colour) : text).append('\n');
            row.notes.forEach(note -> page.append(wrapped(note.text, NOTE, width).stream()
                    .map(part -> note.paint.on(part, colour) + "\n")
                    .collect(Collectors.joining())));
            header = false;
        }
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    /** The lines of a text that is broken between words where it is wider than the page. */
    static List<String> wrapped(String text, String indent, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        int room = Math.max(20, width - indent.length());
        while (rest.length() > room) {
            int space = rest.lastIndexOf(' ', room);
            int end = space <= 0 ? room : space;
            lines.add(indent + rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(indent + rest);
        return lines;
    }
}

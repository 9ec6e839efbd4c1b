package dev.millrace.distribution.comparison.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown whose columns are padded, so that it reads as plain text too. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with a head. */
    public TextTable(List<String> head) {
        rows.add(List.copyOf(head));
    }

    /** A table with a head. */
    public TextTable(String... head) {
        this(List.of(head));
    }

    /** Adds a row, with as many cells as the head. */
    public void row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "cells: " + cells.size() + " (expected: " + rows.get(0).size() + ")");
        }
        rows.add(List.copyOf(cells));
    }

    /** Adds a row, with as many cells as the head. */
    public void row(String... cells) {
        row(List.of(cells));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i), " ");
            if (i == 0) {
                line(text, rows.get(0).stream().map(cell -> "").toList(), "-");
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells, String padding) {
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            text.append("| ")
                    .append(cell)
                    .append(padding.repeat(width(column) - cell.length()))
                    .append(' ');
        }
        text.append("|\n");
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}

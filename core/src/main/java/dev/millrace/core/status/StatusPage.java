package dev.millrace.core.status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A status as a page of text, for a person.
 *
 * @param width the columns that it may take, as far as its numbers let it
 * @param colour whether it is for a terminal that has colours
 */
public record StatusPage(int width, boolean colour) {
    /** The least width of a page. */
    public static final int LEAST_WIDTH = 40;

    /** The largest width of a page. */
    public static final int MOST_WIDTH = 1000;

    /** The page that anybody can read: 100 columns, without colours. */
    public static final StatusPage DEFAULT = new StatusPage(100, false);

    private static final int LONGEST_ID = 32;

    public StatusPage {
        if (width < LEAST_WIDTH || width > MOST_WIDTH) {
            throw new IllegalArgumentException(
                    "width: " + width + " (expected: " + LEAST_WIDTH + " to " + MOST_WIDTH + ")");
        }
    }

    /** The page, with a line break at its end. */
    public String of(Status status) {
        StringBuilder page = new StringBuilder(2048);
        HostFacts host = status.host();
        page.append(Paint.TITLE.on("millrace " + host.version(), colour))
                .append(", process ")
                .append(host.pid())
                .append(", up ")
                .append(Figures.duration(status.uptimeSeconds()))
                .append('\n');
        appendSummary(page, status.now().pipelines().values());
        page.append("data ").append(host.dataFolder());
        status.freeBytes()
                .ifPresent(free -> page.append(", ").append(Figures.bytes(free)).append(" free"));
        page.append('\n');

        List<PipelineBlock> blocks = status.now().pipelines().values().stream()
                .map(pipeline -> new PipelineBlock(status, pipeline))
                .toList();
        List<List<Table>> tables = blocks.stream().map(PipelineBlock::tables).toList();
        int first = Math.min(LONGEST_ID, widest(tables, 0));
        int second = widest(tables, 1);
        for (int i = 0; i < blocks.size(); i++) {
            page.append('\n');
            blocks.get(i).appendTitle(page, width, colour);
            tables.get(i).forEach(table -> table.append(page, first, second, width, colour));
        }
        if (blocks.isEmpty()) {
            page.append("\nno pipeline\n");
        }
        return page.toString();
    }

    /* What a person looks for first: whether something is wrong, and where. */
    private void appendSummary(StringBuilder page, Collection<PipelineReading> pipelines) {
        List<String> parts = new ArrayList<>();
        for (PipelineReading.State state : PipelineReading.State.values()) {
            List<String> names = pipelines.stream()
                    .filter(pipeline -> pipeline.state() == state)
                    .map(PipelineReading::name)
                    .toList();
            Paint paint = PipelineBlock.paint(state);
            String where = paint == Paint.ALARM ? " (" + String.join(", ", names) + ")" : "";
            if (!names.isEmpty()) {
                parts.add(paint.on(names.size() + " " + PipelineBlock.word(state) + where, colour));
            }
        }
        if (!parts.isEmpty()) {
            page.append(pipelines.size())
                    .append(pipelines.size() == 1 ? " pipeline: " : " pipelines: ")
                    .append(String.join(", ", parts))
                    .append('\n');
        }
    }

    private static int widest(List<List<Table>> tables, int column) {
        return tables.stream()
                .flatMap(List::stream)
                .mapToInt(table -> table.width(column))
                .max()
                .orElse(1);
    }
}

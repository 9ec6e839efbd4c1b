package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.SpanBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The payload of a batch of spans, row by row. The number of rows is the header's number of items.
 *
 * <pre>
 *   varint  number of the resource's labels in the dictionary
 *   for each row:
 *     24 bytes span, 24 bytes parent
 *     text     name
 *     varint   kind
 *     signed   start - that of the row before
 *     signed   end - start
 *     varint   status
 *     text     status message
 *     text     trace state
 *     mapping  attributes              {@link ValuePayload}
 *     varint   how many events; for each: signed time - start, text name, mapping attributes
 *     varint   how many links; for each: 24 bytes span, text trace state, mapping attributes
 * </pre>
 */
final class SpanPayload {
    private static final int SMALLEST_ROW = 58;

    private SpanPayload() {}

    static void write(PayloadOutput out, SpanBatch batch, int resource) {
        out.writeVarint(resource);
        long before = 0;
        for (SpanBatch.Row row : batch.rows()) {
            ValuePayload.writeSpanId(out, row.id());
            ValuePayload.writeSpanId(out, row.parent());
            out.writeText(row.name());
            out.writeVarint(row.kind());
            out.writeSigned(row.start() - before);
            before = row.start();
            out.writeSigned(row.end() - row.start());
            out.writeVarint(row.status());
            out.writeText(row.statusMessage());
            out.writeText(row.traceState());
            ValuePayload.writeMapping(out, row.attributes());
            out.writeVarint(row.events().size());
            for (SpanBatch.Event event : row.events()) {
                out.writeSigned(event.timestamp() - row.start());
                out.writeText(event.name());
                ValuePayload.writeMapping(out, event.attributes());
            }
            out.writeVarint(row.links().size());
            for (SpanBatch.Link link : row.links()) {
                ValuePayload.writeSpanId(out, link.id());
                out.writeText(link.traceState());
                ValuePayload.writeMapping(out, link.attributes());
            }
        }
    }

    /** Reads the rows behind the resource. */
    static SpanBatch read(PayloadInput in, Labels resource, int rows) throws MalformedPayloadException {
        in.require((long) rows * SMALLEST_ROW);
        List<SpanBatch.Row> list = new ArrayList<>(rows);
        long before = 0;
        for (int i = 0; i < rows; i++) {
            SpanBatch.Row row = readRow(in, before);
            list.add(row);
            before = row.start();
        }
        return new SpanBatch(resource, list);
    }

    private static SpanBatch.Row readRow(PayloadInput in, long before) throws MalformedPayloadException {
        var id = ValuePayload.readSpanId(in);
        var parent = ValuePayload.readSpanId(in);
        String name = in.readText();
        int kind = in.readNumber();
        long start = before + in.readSigned();
        return new SpanBatch.Row(
                id,
                parent,
                name,
                kind,
                start,
                start + in.readSigned(),
                in.readNumber(),
                in.readText(),
                in.readText(),
                ValuePayload.readMapping(in),
                readEvents(in, start),
                readLinks(in));
    }

    private static List<SpanBatch.Event> readEvents(PayloadInput in, long start) throws MalformedPayloadException {
        int count = in.readCount(3);
        List<SpanBatch.Event> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(new SpanBatch.Event(start + in.readSigned(), in.readText(), ValuePayload.readMapping(in)));
        }
        return events;
    }

    private static List<SpanBatch.Link> readLinks(PayloadInput in) throws MalformedPayloadException {
        int count = in.readCount(26);
        List<SpanBatch.Link> links = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            links.add(new SpanBatch.Link(ValuePayload.readSpanId(in), in.readText(), ValuePayload.readMapping(in)));
        }
        return links;
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The payload of a batch of logs, row by row. The number of rows is the header's number of items.
 *
 * <pre>
 *   varint  number of the resource's labels in the dictionary
 *   for each row:
 *     signed   timestamp - that of the row before
 *     signed   observed - timestamp
 *     varint   severity
 *     text     severity text
 *     value    body                    {@link ValuePayload}
 *     mapping  attributes
 *     24 bytes span
 * </pre>
 */
final class LogPayload {
    private static final int SMALLEST_ROW = 30;

    private LogPayload() {}

    static void write(PayloadOutput out, LogBatch batch, int resource) {
        out.writeVarint(resource);
        long before = 0;
        for (LogBatch.Row row : batch.rows()) {
            out.writeSigned(row.timestamp() - before);
            before = row.timestamp();
            out.writeSigned(row.observed() - row.timestamp());
            out.writeVarint(row.severity());
            out.writeText(row.severityText());
            ValuePayload.write(out, row.body());
            ValuePayload.writeMapping(out, row.attributes());
            ValuePayload.writeSpanId(out, row.span());
        }
    }

    /** Reads the rows behind the resource. */
    static LogBatch read(PayloadInput in, Labels resource, int rows) throws MalformedPayloadException {
        in.require((long) rows * SMALLEST_ROW);
        List<LogBatch.Row> list = new ArrayList<>(rows);
        long timestamp = 0;
        for (int i = 0; i < rows; i++) {
            timestamp += in.readSigned();
            list.add(new LogBatch.Row(
                    timestamp,
                    timestamp + in.readSigned(),
                    in.readNumber(),
                    in.readText(),
                    ValuePayload.read(in),
                    ValuePayload.readMapping(in),
                    ValuePayload.readSpanId(in)));
        }
        return new LogBatch(resource, list);
    }
}

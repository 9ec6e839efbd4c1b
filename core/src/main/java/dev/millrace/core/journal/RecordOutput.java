package dev.millrace.core.journal;

/** Records on their way into a segment, gathered for one write. Not thread-safe. */
final class RecordOutput {
    private final RecordHeader header = new RecordHeader();
    private final PayloadOutput out;
    private int start;
    private int groupStart;
    private int groupItems;
    private long groupFirst;

    RecordOutput(PayloadOutput out, int stamp) {
        this.out = out;
        header.version = RecordHeader.VERSION;
        header.stamp = stamp;
    }

    /** Begins a record; the payload is then written to the result. */
    PayloadOutput begin(RecordKind kind, long first, int items, long written) {
        header.kind = kind.number();
        header.first = first;
        header.items = items;
        header.written = written;
        start = out.size();
        out.skip(RecordHeader.SIZE);
        return out;
    }

    /** Begins a group: the records up to {@link #endGroup} are its payload. */
    void beginGroup(long first, int items) {
        groupStart = out.size();
        groupFirst = first;
        groupItems = items;
        out.skip(RecordHeader.SIZE);
        header.grouped = true;
    }

    /** Ends the group; {@code unforced} is whether something may be written behind it before it is forced. */
    void endGroup(long written, boolean unforced) {
        header.grouped = false;
        header.unforced = unforced;
        header.kind = RecordKind.GROUP.number();
        header.first = groupFirst;
        header.items = groupItems;
        header.written = written;
        header.write(out, groupStart);
        header.unforced = false;
    }

    /** Ends the record. */
    void end() {
        header.write(out, start);
    }
}

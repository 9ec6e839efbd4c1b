package dev.millrace.core.tap;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;

/** Rows that passed, of one batch or of several. Immutable. */
interface TappedRows {
    /** How many. */
    int size();

    /** The batch that one of them is in. */
    EventBatch batch(int index);

    /** Which row of that batch it is. */
    int row(int index);

    static TappedRows of(EventBatch batch) {
        return new TappedRows() {
            @Override
            public int size() {
                return batch.size();
            }

            @Override
            public EventBatch batch(int index) {
                return batch;
            }

            @Override
            public int row(int index) {
                return index;
            }
        };
    }

    static TappedRows of(Slice slice) {
        return new TappedRows() {
            @Override
            public int size() {
                return slice.size();
            }

            @Override
            public EventBatch batch(int index) {
                return slice.batch(index);
            }

            @Override
            public int row(int index) {
                return slice.row(index);
            }
        };
    }
}

package dev.millrace.core.delivery;

import dev.millrace.core.journal.InFlight;
import dev.millrace.core.journal.Journal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where rows come in: first the requests that an earlier life recorded, then the journal from the cursor on. While the
 * journal cannot be read it tries again every second.
 */
final class Intake {
    private static final int ROWS_IN_A_TURN = 20_000;
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final int maxBytes;
    private final Journal journal;
    private final List<InFlight> recorded;
    private final Positions positions;
    private final Lanes lanes;
    private final Ledger ledger;
    private final Groups groups;
    private final Overflow overflow;
    private final Unwanted unwanted;
    private final Complaints complaints;
    private final long start;
    private @Nullable Router router;
    private long notBefore = Long.MIN_VALUE;

    /** An intake of what is outstanding, with {@code recorded} requests to come first; {@code maxBytes} is the largest request. */
    Intake(
            String name,
            int maxBytes,
            Journal journal,
            List<InFlight> recorded,
            Positions positions,
            Lanes lanes,
            Ledger ledger,
            Groups groups,
            Overflow overflow,
            Unwanted unwanted,
            Complaints complaints) {
        this.name = name;
        this.maxBytes = maxBytes;
        this.journal = journal;
        this.recorded = recorded;
        this.positions = positions;
        this.lanes = lanes;
        this.ledger = ledger;
        this.groups = groups;
        this.overflow = overflow;
        this.unwanted = unwanted;
        this.complaints = complaints;
        this.start = positions.lowest();
    }

    /** Whether the recorded requests are in their lanes; nothing may be sent before. */
    boolean begun() {
        return router != null;
    }

    /** The number of the next item to read. */
    long position() {
        return router == null ? start : router.position();
    }

    /** The largest timestamp that was read, in milliseconds since the epoch; 0 where there is none. */
    long newest() {
        return router == null ? 0 : router.newest();
    }

    /** How often reading stopped because lanes were full. */
    long laneWaits() {
        return router == null ? 0 : router.laneWaits();
    }

    /** Reads what lanes have room for, and returns when to be called again at the latest. */
    long read(long now) {
        if (now < notBefore) {
            return notBefore;
        }
        try {
            Router current = router == null ? begin(now) : router;
            return current.read(now, ROWS_IN_A_TURN) ? now : Loop.Turn.NEVER;
        } catch (IOException e) {
            complaints.add(now, "cannot read the journal, and tries again: " + e.getMessage());
            notBefore = now + PAUSE;
            return notBefore;
        }
    }

    private Router begin(long now) throws IOException {
        List<Request> interrupted = new ArrayList<>();
        for (Request request : new Recovery(name, journal, positions, unwanted).requests(recorded)) {
            interrupted.addAll(request.groups(groups, now)); // the groups may be others than in the earlier life
        }
        lanes.recover(interrupted);
        interrupted.forEach(request -> ledger.recovered(request.size()));
        Router begun = new Router(journal, start, positions, lanes, ledger, overflow, unwanted, maxBytes);
        router = begun;
        return begun;
    }

    void close() throws IOException {
        if (router != null) {
            router.close();
        }
    }
}

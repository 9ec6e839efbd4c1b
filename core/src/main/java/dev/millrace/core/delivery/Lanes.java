package dev.millrace.core.delivery;

import dev.millrace.core.journal.InFlight;
import dev.millrace.spi.event.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The lanes of a flusher: a fixed number, with the slots spread evenly, and before them, until they are empty, the
 * recovering lanes of requests that were recorded in an earlier life. A lane that shares a slot with a recovering one
 * waits for it.
 */
final class Lanes {
    private final Lane[] regular;
    private final Lane[] bySlot = new Lane[Labels.SLOTS];
    private final List<Lane> recovering = new ArrayList<>();
    private final List<Lane> all = new ArrayList<>();

    /** Lanes made by {@code maker} from their slots. */
    Lanes(int count, LongFunction<Lane> maker) {
        regular = new Lane[count];
        for (int lane = 0; lane < count; lane++) {
            long slots = 0;
            for (int slot = lane; slot < Labels.SLOTS; slot += count) {
                slots |= 1L << slot;
            }
            regular[lane] = maker.apply(slots);
        }
        Arrays.setAll(bySlot, slot -> regular[slot % count]);
        all.addAll(List.of(regular));
    }

    /** Puts requests of an earlier life, in the order of the journal, before everything else of their slots. */
    void recover(List<Request> requests, LongFunction<Lane> maker) {
        Map<Long, List<Request>> bySlots = new LinkedHashMap<>();
        requests.forEach(request -> bySlots.computeIfAbsent(request.slots(), slots -> new ArrayList<>())
                .add(request));
        bySlots.forEach((slots, list) -> {
            Lane lane = maker.apply(slots);
            lane.putFirst(list);
            recovering.add(lane);
        });
        all.clear();
        all.addAll(recovering);
        all.addAll(List.of(regular));
    }

    /** The number of lanes, without the recovering ones. */
    int count() {
        return regular.length;
    }

    /** All lanes, the recovering ones first. */
    List<Lane> all() {
        return all;
    }

    /** The lane that rows of a slot go to. */
    Lane of(int slot) {
        return bySlot[slot];
    }

    /** Whether an item is part of a request of an earlier life that is not done. */
    boolean recovering(int slot, long item) {
        if (recovering.isEmpty()) {
            return false;
        }
        for (Lane lane : recovering) {
            if ((lane.slots() >>> slot & 1) != 0 && lane.requested(item)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a lane has to wait for a recovering one. */
    boolean blocked(Lane lane) {
        if (lane.recovering()) {
            return false;
        }
        for (Lane before : recovering) {
            if ((before.slots() & lane.slots()) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Forgets a recovering lane that has nothing left. */
    void remove(Lane lane) {
        recovering.remove(lane);
        all.remove(lane);
    }

    /** Has the slots follow their oldest outstanding item, or the reader where there is none; true if that is news. */
    boolean follow(Positions positions, long reader) {
        boolean moved = false;
        for (Lane lane : regular) {
            long head = lane.head(reader);
            long free = lane.slots();
            for (Lane before : recovering) {
                long shared = before.slots() & lane.slots();
                free &= ~shared;
                moved |= positions.advance(shared, Math.min(head, before.head(reader)));
            }
            moved |= positions.advance(free, head);
        }
        return moved;
    }

    long outstanding() {
        long sum = 0;
        for (Lane lane : all) {
            sum += lane.outstanding();
        }
        return sum;
    }

    List<InFlight> recorded() {
        List<InFlight> list = new ArrayList<>();
        all.forEach(lane -> lane.addRecorded(list));
        return list;
    }
}

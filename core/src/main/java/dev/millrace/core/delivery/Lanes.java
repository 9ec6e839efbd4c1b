package dev.millrace.core.delivery;

import dev.millrace.core.journal.InFlight;
import dev.millrace.spi.event.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * The lanes of a flusher, which share the slots evenly; their number can change at any time.
 *
 * <p>A regrouping moves slots, and the rows that wait in them, from one lane to another. Requests stay where they were
 * made: a lane that was given slots makes no request of its own before those that others made of these slots are done,
 * so no slot is ever in two requests at once, and all other lanes go on. A lane that has lost all its slots leaves when
 * its requests are done. Requests of an earlier life have such leaving lanes from the start.
 */
final class Lanes {
    private static final long RECENT = TimeUnit.SECONDS.toNanos(10);
    private static final Comparator<Lane> LARGEST_FIRST = Comparator.comparingInt(lane -> -Long.bitCount(lane.slots()));

    private final LongFunction<Lane> maker;
    private final List<Lane> regular = new ArrayList<>();
    private final List<Lane> leaving = new ArrayList<>();
    private final Lane[] bySlot = new Lane[Labels.SLOTS];
    private List<Lane> all = List.of();
    private long recoveredTo = Long.MIN_VALUE;

    /** Lanes made by {@code maker} from their slots. */
    Lanes(int count, LongFunction<Lane> maker) {
        this.maker = maker;
        for (int lane = 0; lane < count; lane++) {
            long slots = 0;
            for (int slot = lane; slot < Labels.SLOTS; slot += count) {
                slots |= 1L << slot;
            }
            regular.add(maker.apply(slots));
        }
        arrange();
    }

    /** Puts requests of an earlier life, in the order of the journal, before everything else of their slots. */
    void recover(List<Request> requests) {
        Map<Long, List<Request>> bySlots = new LinkedHashMap<>();
        requests.forEach(request -> bySlots.computeIfAbsent(request.slots(), slots -> new ArrayList<>())
                .add(request));
        bySlots.values().forEach(list -> {
            Lane lane = maker.apply(0);
            lane.putFirst(list);
            leaving.add(lane);
        });
        requests.forEach(request -> recoveredTo = Math.max(recoveredTo, request.to()));
        arrange();
    }

    /** Spreads the slots over another number of lanes, and moves as few of them as that takes. */
    void regroup(int count) {
        while (regular.size() < count) {
            regular.add(maker.apply(0));
        }
        regular.sort(LARGEST_FIRST);
        int giver = 0;
        int taker = 0;
        while (giver < regular.size() && taker < regular.size()) {
            int surplus = -missing(giver, count);
            int deficit = missing(taker, count);
            if (surplus <= 0) {
                giver++;
            } else if (deficit <= 0) {
                taker++;
            } else {
                regular.get(giver).give(Math.min(surplus, deficit), regular.get(taker));
            }
        }
        leaving.addAll(regular.subList(count, regular.size()));
        leaving.removeIf(Lane::gone);
        regular.subList(count, regular.size()).clear();
        arrange();
    }

    /* How many slots a lane should be given; negative where it should give some. The largest come first and stay so. */
    private int missing(int index, int count) {
        int wanted = index < count ? Labels.SLOTS / count + (index < Labels.SLOTS % count ? 1 : 0) : 0;
        return wanted - Long.bitCount(regular.get(index).slots());
    }

    private void arrange() {
        for (Lane lane : regular) {
            for (long rest = lane.slots(); rest != 0; rest &= rest - 1) {
                bySlot[Long.numberOfTrailingZeros(rest)] = lane;
            }
        }
        List<Lane> lanes = new ArrayList<>(leaving);
        lanes.addAll(regular);
        all = List.copyOf(lanes);
    }

    /** The number of lanes that have slots. */
    int count() {
        return regular.size();
    }

    /** All lanes, the leaving ones first. The list never changes. */
    List<Lane> all() {
        return all;
    }

    /** The lane that rows of a slot go to. */
    Lane of(int slot) {
        return bySlot[slot];
    }

    /** Whether an item is part of a request of an earlier life that is not done. */
    boolean recovering(int slot, long item) {
        if (item >= recoveredTo) {
            return false;
        }
        for (Lane lane : all) {
            if (lane.requested(slot, item)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a lane may make no request yet, because one that another made holds rows of its slots. */
    boolean blocked(Lane lane) {
        if (lane.requestedSlots() != 0) {
            return false;
        }
        for (Lane other : all) {
            if ((other.requestedSlots() & lane.slots()) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the destination took a request of another lane lately, and while it refused that of this one. */
    boolean othersDeliver(Lane lane, long now) {
        for (Lane other : all) {
            long since = other.deliveredAt();
            if (other != lane && since >= lane.failingSince() && since >= now - RECENT) {
                return true;
            }
        }
        return false;
    }

    /** A lane's request is done: one that only had to do that is forgotten. */
    void done(Lane lane) {
        if (lane.gone()) {
            leaving.remove(lane);
            arrange();
        }
    }

    /** Condemns the oldest rows, as far as they are to be given up and not on their way; true if that changed a request. */
    boolean condemn(Overflow overflow, Positions positions) {
        boolean changed = false;
        for (Lane lane : all) {
            changed |= lane.condemn(overflow, positions);
        }
        if (leaving.removeIf(Lane::gone)) {
            arrange();
        }
        return changed;
    }

    /** Has the slots follow their oldest outstanding item, or the reader where there is none; true if that is news. */
    boolean follow(Positions positions, long reader) {
        boolean moved = false;
        for (Lane lane : regular) {
            long waiting = lane.oldestWaiting(reader);
            long free = lane.slots();
            for (Lane other : all) {
                long shared = other.requestedSlots() & free;
                if (shared != 0) {
                    moved |= positions.advance(shared, Math.min(waiting, other.oldestRequested(reader)));
                    free &= ~shared;
                }
            }
            moved |= positions.advance(free, waiting);
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

    /** The estimated size of all rows that were read and are not done, without those of an earlier life. */
    long bytes() {
        long sum = 0;
        for (Lane lane : all) {
            sum += lane.bytes();
        }
        return sum;
    }

    List<InFlight> recorded() {
        List<InFlight> list = new ArrayList<>();
        all.forEach(lane -> lane.addRecorded(list));
        return list;
    }
}

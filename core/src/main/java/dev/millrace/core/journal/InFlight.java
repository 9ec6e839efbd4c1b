package dev.millrace.core.journal;

/**
 * A request that is on its way, as it is written down before it is first sent, so that after a crash exactly the same
 * request comes first.
 *
 * @param slots the slots whose rows it holds, one bit for each
 * @param from the number of its first item
 * @param to the number behind its last item
 * @param items how many items it holds
 * @param protocol the format and version of its body
 * @param checksum a checksum of its body before compression
 */
public record InFlight(long slots, long from, long to, int items, String protocol, int checksum) {
    /** What is left of it in another range. */
    public InFlight in(long otherFrom, long otherTo, int otherItems) {
        return new InFlight(slots, otherFrom, otherTo, otherItems, protocol, checksum);
    }
}

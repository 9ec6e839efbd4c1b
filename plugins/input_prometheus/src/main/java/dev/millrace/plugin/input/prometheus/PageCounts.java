package dev.millrace.plugin.input.prometheus;

/**
 * What was counted in a page.
 *
 * @param scraped all samples
 * @param kept those that relabelling left
 * @param added the new series among these
 * @param duplicates those that are left out because the page has them twice
 * @param outOfBounds those that are left out because their timestamps lie too far in the future
 * @param bytes the size of the page, not compressed; -1 where it is over its limit, 0 where there is none
 * @param exemplars the exemplars that are left out because no receiver would take them
 */
record PageCounts(int scraped, int kept, int added, int duplicates, int outOfBounds, int bytes, int exemplars) {
    static final PageCounts NONE = new PageCounts(0, 0, 0, 0, 0, 0, 0);

    /** Nothing of a page that is over its limit. */
    static final PageCounts TOO_LARGE = new PageCounts(0, 0, 0, 0, 0, -1, 0);
}

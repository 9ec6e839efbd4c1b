package dev.millrace.plugin.input.prometheus;

/**
 * What was counted in a page.
 *
 * @param scraped all samples
 * @param kept those that relabelling left
 * @param added the new series among these
 * @param duplicates those that are left out because the page has them twice
 * @param outOfBounds those that are left out because their timestamps lie too far in the future
 * @param exemplars the exemplars that are left out because no receiver would take them
 */
record PageCounts(int scraped, int kept, int added, int duplicates, int outOfBounds, int exemplars) {
    static final PageCounts NONE = new PageCounts(0, 0, 0, 0, 0, 0);
}

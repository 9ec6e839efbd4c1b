package dev.millrace.distribution.numbered;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a receiver got of numbered targets, judged from outside: the requests are added in the order of their arrival.
 *
 * <p>It keeps every sample once, so that its size is that of the test or demo. Not thread-safe.
 */
public final class DeliveryOracle {
    private final int series;
    private final Set<Sample> seen = new HashSet<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, TreeMap<Long, Set<String>>> arrived = new TreeMap<>();
    private final Map<String, TreeSet<Long>> failures = new TreeMap<>();
    private final Map<String, Map<String, Long>> ends = new TreeMap<>();
    private long outOfOrder;
    private long keptTwice;
    private long repeatedSamples;
    private long repeatedRequests;
    private long mixedRequests;

    /** An oracle of targets whose pages have {@code series} series each. */
    public DeliveryOracle(int series) {
        this.series = series;
    }

    /** Adds the next request. */
    public void add(List<Sample> request) {
        long before = request.stream().filter(seen::contains).count();
        if (before > 0) {
            repeatedRequests += before == request.size() ? 1 : 0;
            mixedRequests += before == request.size() ? 0 : 1;
        }
        for (Sample sample : request) {
            if (seen.add(sample)) {
                addNew(sample);
            } else if (sample.isOf(NumberedTarget.METRIC)) {
                repeatedSamples++;
            }
        }
    }

    private void addNew(Sample sample) {
        Long last = newest.put(sample.series(), sample.timestamp());
        if (last != null && last >= sample.timestamp()) {
            outOfOrder++;
        }
        if (sample.isOf("up") && sample.value() == 0) {
            failures.computeIfAbsent(sample.instance(), target -> new TreeSet<>())
                    .add(sample.timestamp());
        }
        if (!sample.isOf(NumberedTarget.METRIC)) {
            return;
        }
        Map<String, Long> ended = ends.computeIfAbsent(sample.instance(), target -> new HashMap<>());
        if (sample.isStale()) {
            ended.put(sample.series(), sample.timestamp());
            return;
        }
        ended.remove(sample.series());
        if (!Double.isNaN(sample.value())) {
            boolean first = arrived.computeIfAbsent(sample.instance(), target -> new TreeMap<>())
                    .computeIfAbsent((long) sample.value(), page -> new HashSet<>())
                    .add(sample.number());
            keptTwice += first ? 0 : 1;
        }
    }

    /** For each target, the numbers of the pages that arrived whole. */
    public Map<String, NavigableSet<Long>> pages() {
        return pages(true);
    }

    /** For each target, the numbers of the pages of which only a part has arrived so far. */
    public Map<String, NavigableSet<Long>> torn() {
        return pages(false);
    }

    private Map<String, NavigableSet<Long>> pages(boolean whole) {
        Map<String, NavigableSet<Long>> pages = new TreeMap<>();
        arrived.forEach((target, numbers) -> numbers.forEach((number, there) -> {
            if ((there.size() == series) == whole) {
                pages.computeIfAbsent(target, name -> new TreeSet<>()).add(number);
            }
        }));
        return pages;
    }

    /** How many series of a page of a target have arrived. */
    public int arrived(String target, long page) {
        return arrived.getOrDefault(target, new TreeMap<>())
                .getOrDefault(page, Set.of())
                .size();
    }

    /** The scrapes of a target that failed, which a busy machine makes them do: the times at which {@code up} is 0. */
    public NavigableSet<Long> failures(String target) {
        return new TreeSet<>(failures.getOrDefault(target, new TreeSet<>()));
    }

    /** How many series of a target end with a stale marker, of that time or later: of these nothing is on its way. */
    public long ended(String target, long since) {
        return ends.getOrDefault(target, Map.of()).values().stream()
                .filter(time -> time >= since)
                .count();
    }

    /** Samples older than one that had arrived of the same series, repeats aside. */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** Samples of pages whose series had arrived of the same page with another timestamp: no scrape may do that. */
    public long keptTwice() {
        return keptTwice;
    }

    /** Samples of pages that had arrived before. */
    public long repeatedSamples() {
        return repeatedSamples;
    }

    /** Requests all of whose samples had arrived before. */
    public long repeatedRequests() {
        return repeatedRequests;
    }

    /** Requests of which some samples had arrived before and others had not. */
    public long mixedRequests() {
        return mixedRequests;
    }

    /** The pages of a target, from 1 up to a number, that have not arrived whole. */
    public NavigableSet<Long> missing(String target, long upTo) {
        NavigableSet<Long> missing = new TreeSet<>();
        for (long number = 1; number <= upTo; number++) {
            if (arrived(target, number) < series) {
                missing.add(number);
            }
        }
        return missing;
    }

    /** How many pages of a target, from 1 up to a number, have not arrived whole, failed scrapes aside. */
    public int lost(String target, long upTo) {
        return Math.max(0, missing(target, upTo).size() - failures(target).size());
    }

    /** The pages of a target, up to a number, of which only a part has arrived. */
    public NavigableSet<Long> torn(String target, long upTo) {
        return new TreeSet<>(torn().getOrDefault(target, new TreeSet<>()).headSet(upTo, true));
    }
}

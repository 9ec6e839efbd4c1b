package dev.millrace.distribution.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a receiver got of numbered targets, judged from outside.
 *
 * @param pages for each target, the numbers of the pages that arrived whole
 * @param torn for each target, the numbers of the pages of which only a part has arrived so far
 * @param failed for each target, how many scrapes failed, which a busy machine makes them do: {@code up} is 0 then
 * @param outOfOrder samples older than one that had arrived of the same series, repeated requests aside
 * @param repeatedRequests requests all of whose samples had arrived before
 * @param mixedRequests requests of which some samples had arrived before and others had not
 */
public record DeliveryOracle(
        Map<String, TreeSet<Long>> pages,
        Map<String, TreeSet<Long>> torn,
        Map<String, Integer> failed,
        long outOfOrder,
        long repeatedRequests,
        long mixedRequests) {

    /** Judges requests in the order of their arrival; each page has {@code series} series. */
    public static DeliveryOracle judge(List<RemoteWriteReceiver.Request> requests, int series) {
        Set<RemoteWriteReceiver.Sample> seen = new HashSet<>();
        Map<String, Long> newest = new HashMap<>();
        long outOfOrder = 0;
        long repeated = 0;
        long mixed = 0;
        for (RemoteWriteReceiver.Request request : requests) {
            long before = request.samples().stream().filter(seen::contains).count();
            if (before > 0) {
                repeated += before == request.samples().size() ? 1 : 0;
                mixed += before == request.samples().size() ? 0 : 1;
            }
            for (RemoteWriteReceiver.Sample sample : request.samples()) {
                if (!seen.add(sample)) {
                    continue;
                }
                Long last = newest.put(sample.series(), sample.timestamp());
                if (last != null && last >= sample.timestamp()) {
                    outOfOrder++;
                }
            }
        }
        Map<String, Map<Long, Integer>> counts = new TreeMap<>();
        Map<String, Integer> failed = new TreeMap<>();
        for (RemoteWriteReceiver.Sample sample : seen) {
            if (sample.series().contains("__name__=\"up\"") && sample.value() == 0) {
                failed.merge(instance(sample.series()), 1, Integer::sum);
            }
            if (sample.series().contains("__name__=\"numbered_page\"") && !Double.isNaN(sample.value())) {
                counts.computeIfAbsent(instance(sample.series()), name -> new TreeMap<>())
                        .merge((long) sample.value(), 1, Integer::sum);
            }
        }
        Map<String, TreeSet<Long>> pages = new TreeMap<>();
        Map<String, TreeSet<Long>> torn = new TreeMap<>();
        counts.forEach((target, numbers) -> numbers.forEach((number, count) -> (count == series ? pages : torn)
                .computeIfAbsent(target, name -> new TreeSet<>())
                .add(number)));
        return new DeliveryOracle(pages, torn, failed, outOfOrder, repeated, mixed);
    }

    /** The pages of a target, from 1 up to a number, that have not arrived whole. */
    public TreeSet<Long> missing(String target, long upTo) {
        TreeSet<Long> missing = new TreeSet<>();
        TreeSet<Long> there = pages.getOrDefault(target, new TreeSet<>());
        for (long number = 1; number <= upTo; number++) {
            if (!there.contains(number)) {
                missing.add(number);
            }
        }
        return missing;
    }

    /** How many pages of a target, from 1 up to a number, have not arrived whole, failed scrapes aside. */
    public int lost(String target, long upTo) {
        return Math.max(0, missing(target, upTo).size() - failed.getOrDefault(target, 0));
    }

    /** The pages of a target, up to a number, of which only a part has arrived. */
    public TreeSet<Long> torn(String target, long upTo) {
        return new TreeSet<>(torn.getOrDefault(target, new TreeSet<>()).headSet(upTo, true));
    }

    private static String instance(String series) {
        int start = series.indexOf("instance=\"") + "instance=\"".length();
        return series.substring(start, series.indexOf('"', start));
    }
}

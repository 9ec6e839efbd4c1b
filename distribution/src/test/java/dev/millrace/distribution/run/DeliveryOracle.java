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
 * @param torn pages of which only a part arrived
 * @param outOfOrder samples older than one that had arrived of the same series, repeated requests aside
 * @param repeatedRequests requests all of whose samples had arrived before
 * @param mixedRequests requests of which some samples had arrived before and others had not
 */
public record DeliveryOracle(
        Map<String, TreeSet<Long>> pages,
        List<String> torn,
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
        for (RemoteWriteReceiver.Sample sample : seen) {
            if (sample.series().contains("__name__=\"numbered_page\"") && !Double.isNaN(sample.value())) {
                counts.computeIfAbsent(instance(sample.series()), name -> new TreeMap<>())
                        .merge((long) sample.value(), 1, Integer::sum);
            }
        }
        Map<String, TreeSet<Long>> pages = new TreeMap<>();
        List<String> torn = new java.util.ArrayList<>();
        counts.forEach((target, numbers) -> numbers.forEach((number, count) -> {
            pages.computeIfAbsent(target, name -> new TreeSet<>()).add(number);
            if (count != series) {
                torn.add(target + " page " + number + ": " + count + " of " + series);
            }
        }));
        return new DeliveryOracle(pages, torn, outOfOrder, repeated, mixed);
    }

    /** The numbers missing between the first and the last page of a target. */
    public TreeSet<Long> missing(String target) {
        TreeSet<Long> missing = new TreeSet<>();
        TreeSet<Long> there = pages.getOrDefault(target, new TreeSet<>());
        for (long number = 1; !there.isEmpty() && number <= there.last(); number++) {
            if (!there.contains(number)) {
                missing.add(number);
            }
        }
        return missing;
    }

    private static String instance(String series) {
        int start = series.indexOf("instance=\"") + "instance=\"".length();
        return series.substring(start, series.indexOf('"', start));
    }
}

package dev.millrace.distribution.durability;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Judges every request that a receiver got of a sender that is killed again and again. A sample is known by its series and its
 * value, which is a running number; a request by all of its samples. It keeps four bytes for each sample. Thread-safe.
 */
final class SampleOracle {
    private static final int MOST_FAULTS = 20;

    private final Predicate<Sample> possible;
    private final Map<String, Series> series = new HashMap<>();
    private final Map<String, List<Series>> byInstance = new TreeMap<>();
    private final Map<ByteBuffer, Request> requests = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long samples;

    /** An oracle for which a sample is invented unless it is possible. */
    SampleOracle(Predicate<Sample> possible) {
        this.possible = possible;
    }

    /**
     * A request that came.
     *
     * @param life which of the sender's processes sent it, from 1
     * @param kept whether the receiver has kept it, whatever it answers
     */
    synchronized void add(int life, boolean kept, List<Sample> content) {
        Request request = requests.computeIfAbsent(digest(content), bytes -> new Request(requests.size() + 1));
        if (request.lives.isEmpty()) {
            content.forEach(sample -> meet(sample, request));
        } else if (life > request.lives.nextSetBit(0) && !request.lives.get(life)) {
            content.forEach(sample -> repeat(sample, request, life));
        }
        request.lives.set(life);
        if (kept && !request.kept) {
            request.kept = true;
            content.forEach(this::keep);
        }
    }

    /* What stood in a request comes back in no other one. */
    private void meet(Sample sample, Request request) {
        if (!possible.test(sample)) {
            fault("invented: " + sample + ", " + sample.value());
        }
        if (!isNumbered(sample)) {
            return;
        }
        int before = of(sample).meet((int) sample.value(), request.number);
        if (before != 0) {
            fault("in request " + before + " and in " + request.number + ": " + sample);
        }
    }

    /* A series is in one lane, which had one request under way when the process before was killed. */
    private void repeat(Sample sample, Request request, int life) {
        Series of = of(sample);
        if (of.repeatedBy == life && of.repeated != request.number) {
            fault("process " + life + " repeats requests " + of.repeated + " and " + request.number + " of one lane: "
                    + sample);
        }
        of.repeatedBy = life;
        of.repeated = request.number;
    }

    private void keep(Sample sample) {
        Series of = of(sample);
        if (sample.timestamp() <= of.newest) {
            fault("out of order behind " + of.newest + ": " + sample);
        }
        of.newest = sample.timestamp();
        if (isNumbered(sample)) {
            samples++;
            of.kept.set((int) sample.value());
        }
    }

    private Series of(Sample sample) {
        return series.computeIfAbsent(sample.series(), labels -> {
            Series added = new Series();
            if (sample.isOf(NumberedTarget.METRIC)) {
                byInstance
                        .computeIfAbsent(sample.instance(), name -> new ArrayList<>())
                        .add(added);
            }
            return added;
        });
    }

    private static boolean isNumbered(Sample sample) {
        return sample.isOf(NumberedTarget.METRIC) && !Double.isNaN(sample.value());
    }

    private void fault(String text) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(text);
        }
    }

    /**
     * What must not be: samples that are invented, out of order, or come back in another request, and two requests of a lane that
     * a process repeats.
     */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** The pages of an instance, of those given, that were not kept whole. */
    synchronized Set<Integer> missing(String instance, int width, BitSet pages) {
        Set<Integer> missing = new TreeSet<>();
        pages.stream().filter(page -> width(instance, page) < width).forEach(missing::add);
        return missing;
    }

    /** The pages of an instance, up to a number, of which only a part was kept. */
    synchronized Set<Integer> torn(String instance, int width, int upTo) {
        Set<Integer> torn = new TreeSet<>();
        for (int page = 1; page <= upTo; page++) {
            int there = width(instance, page);
            if (there != 0 && there != width) {
                torn.add(page);
            }
        }
        return torn;
    }

    private int width(String instance, int page) {
        return (int) byInstance.getOrDefault(instance, List.of()).stream()
                .filter(of -> of.kept.get(page))
                .count();
    }

    /** How many requests each process sent that one before it had sent. */
    synchronized Map<Integer, Integer> repeatedByLife() {
        Map<Integer, Integer> repeated = new TreeMap<>();
        for (Request request : requests.values()) {
            int first = request.lives.nextSetBit(0);
            request.lives.stream().filter(life -> life > first).forEach(life -> repeated.merge(life, 1, Integer::sum));
        }
        return repeated;
    }

    /** How many numbered samples were kept, each once. */
    synchronized long samples() {
        return samples;
    }

    /** How many different requests came. */
    synchronized int requests() {
        return requests.size();
    }

    private static ByteBuffer digest(List<Sample> content) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);
        for (Sample sample : content) {
            digest.update(sample.series().getBytes(StandardCharsets.UTF_8));
            digest.update(numbers.putLong(0, sample.timestamp())
                    .putLong(Long.BYTES, sample.valueBits())
                    .array());
        }
        return ByteBuffer.wrap(digest.digest());
    }

    private static final class Request {
        private final int number;
        private final BitSet lives = new BitSet();
        private boolean kept;

        Request(int number) {
            this.number = number;
        }
    }

    private static final class Series {
        private final BitSet kept = new BitSet();
        private int[] requests = new int[64];
        private long newest = Long.MIN_VALUE;
        private int repeatedBy;
        private int repeated;

        /** The request in which a page was before, or 0. */
        int meet(int page, int request) {
            if (page >= requests.length) {
                requests = Arrays.copyOf(requests, Math.max(page + 1, 2 * requests.length));
            }
            int before = requests[page];
            requests[page] = request;
            return before;
        }
    }
}

package dev.millrace.core.config;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of tests of a pipeline.
 *
 * @param pipeline the pipeline's file
 * @param inline what would stand in that file
 * @param cases the tests
 */
@Doc(value = "Tests of a pipeline: what its flushers are given of some samples.", example = """
        Pipeline: ../pipelines/web.yaml
        Cases:
          - Name: idle CPUs are dropped
            Input: |
              cpu{mode="idle"} 5
              cpu{mode="user"} 7
            Expect:
              flusher_mine: |
                cpu{mode="user",cluster="eu-1"} 7
        """)
public record CaseFile(
        @Doc(
                value = "The file of the pipeline; a relative path starts at the folder of this file.",
                example = "../pipelines/web.yaml")
        Optional<Path> pipeline,

        @Doc(value = "What would stand in that file, in place of Pipeline.", example = "'inputs: [...]'")
        Optional<String> inline,

        @Doc(value = "The tests.", example = "[{Name: all passes, Input: 'up 1', Expect: {flusher_mine: 'up 1'}}]")
        List<Case> cases) {
    public CaseFile {
        cases = List.copyOf(cases);
        if (pipeline.isPresent() == inline.isPresent()) {
            throw new InvalidOptionException(
                    "pipeline",
                    (pipeline.isPresent() ? "and Inline" : "none, and no Inline") + " (expected: one of both)");
        }
        if (cases.isEmpty()) {
            throw new InvalidOptionException("cases", "none (expected: at least one)");
        }
    }

    /** The type of the file, for its schema. */
    public static OptionsType<CaseFile> type() {
        return OptionsType.of(CaseFile.class);
    }

    /** Reads a file; empty if there were problems. */
    public static Optional<CaseFile> read(Path file, Problems problems) {
        Problems own = new Problems();
        Node.Mapping root = YamlFile.readLiterally(file, own);
        CaseFile read =
                root == null ? null : new Binder(own, ReferenceResolver.NONE).bind(type(), root, OptionPath.ROOT);
        problems.addAll(own);
        return own.isEmpty() ? Optional.ofNullable(read) : Optional.empty();
    }

    /**
     * A test.
     *
     * @param name what is tested
     * @param interval the time between the values of a series
     * @param input samples, a line each
     * @param series the values of series
     * @param until until when time passes
     * @param expect what flushers are given, a line for each sample
     */
    @Doc(value = "A test.", example = """
            Name: requests are added up
            Interval: 15s
            Series:
              requests{pod="a"}: 1 2 3
              requests{pod="b"}: 4x2
            Until: 2m
            Expect:
              flusher_mine: |
                requests:1m_sum 18 1m
            """)
    public record Case(
            @Doc(value = "What is tested.", example = "idle CPUs are dropped")
            String name,

            @Doc("The time between two values of a series.") @Default("15s")
            Duration interval,

            @Doc(
                    value = "Samples, a line each: series, value and, where that is not 0s, how long after the begin.",
                    example = "up{job=\"node\"} 1 30s")
            Optional<String> input,

            @Doc(
                    value =
                            "Values by series, an interval apart: numbers, _ for none, stale for the marker, 1x3 for three"
                                    + " more of the same, 1+2x3 for three more that each are 2 larger.",
                    example = "{up: 1 1 0x3 _ stale}")
            Map<String, String> series,

            @Doc(value = "For how long time passes; absent: until the last sample.", example = "2m")
            Optional<Duration> until,

            @Doc(
                    value =
                            "What flushers are given, by their IDs, each as lines as under Input, in any order. Without a time"
                                    + " a line is of any. Flushers that are not named are not looked at.",
                    example = "{flusher_mine: 'up{job=\"node\"} 1'}")
            Map<String, String> expect) {
        public Case {
            series = Collections.unmodifiableMap(new LinkedHashMap<>(series)); // they come in this order
            expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
            if (interval.toMillis() < 1) {
                throw new InvalidOptionException("interval", interval.toMillis() + "ms (expected: > 0s)");
            }
            if (input.isEmpty() && series.isEmpty()) {
                throw new InvalidOptionException("input", "none, and no Series (expected: samples)");
            }
            if (expect.isEmpty()) {
                throw new InvalidOptionException("expect", "none (expected: lines for a flusher)");
            }
        }
    }
}

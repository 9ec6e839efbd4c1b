package dev.millrace.core.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.matching.SeriesSelector;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TapTest {
    private static final ComponentId INPUT = ComponentId.parse("input_x");
    private static final ComponentId PROCESSOR = ComponentId.parse("processor_x");

    private final Taps taps = new Taps();
    private final TapPoint input = taps.onlyPoint("web", INPUT, TapPoint.Side.OUT);
    private final TapPoint in = taps.point("web", PROCESSOR, TapPoint.Side.IN);
    private final TapPoint out = taps.point("web", PROCESSOR, TapPoint.Side.OUT);

    /** A reader that asks for pieces when the test says so. */
    private static final class Reader implements Flow.Subscriber<ByteBuffer> {
        final StringBuilder text = new StringBuilder();
        boolean complete;
        boolean failed;
        Flow.@Nullable Subscription subscription;

        Reader ask(long pieces) {
            Flow.Subscription given = subscription;
            if (given != null) {
                given.request(pieces);
            }
            return this;
        }

        void cancel() {
            Flow.Subscription given = subscription;
            if (given != null) {
                given.cancel();
            }
        }

        List<String> lines() {
            return text.toString().lines().toList();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(ByteBuffer piece) {
            text.append(StandardCharsets.UTF_8.decode(piece));
        }

        @Override
        public void onError(Throwable failure) {
            failed = true;
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }

    private static TapRequest request(
            boolean incoming, boolean json, Optional<Long> limit, long rate, String... match) {
        return new TapRequest(
                Optional.of("web"),
                Optional.empty(),
                incoming,
                List.of(match).stream().map(SeriesSelector::parse).toList(),
                json,
                limit,
                rate);
    }

    private static TapRequest all() {
        return request(false, false, Optional.empty(), 1_000_000);
    }

    private Reader read(TapRequest request) {
        Reader reader = new Reader();
        taps.tap(request, Runnable::run).orElseThrow().subscribe(reader);
        return reader;
    }

    private static MetricBatch rows(int from, int to) {
        MetricBatchBuilder rows = MetricBatch.builder(to - from);
        for (int i = from; i < to; i++) {
            rows.add(Labels.of("__name__", "m", "n", "" + i), 7, Double.doubleToRawLongBits(i));
        }
        return rows.build();
    }

    @Test
    void showsWhatComponentsHandOnWithWhereItPasses() {
        Reader reader = read(all()).ask(100);
        input.pass(rows(1, 3));
        in.pass(rows(1, 3));
        out.pass(rows(2, 3));
        assertThat(reader.lines())
                .containsExactly(
                        "# what passes from now on",
                        "# web/input_x out",
                        "m{n=\"1\"} 1 7",
                        "m{n=\"2\"} 2 7",
                        "# web/processor_x out",
                        "m{n=\"2\"} 2 7");
    }

    @Test
    void showsWhatComesToThemWhereThatIsWanted() {
        Reader reader = read(request(true, false, Optional.empty(), 1000)).ask(100);
        in.pass(rows(1, 2));
        out.pass(rows(2, 3));
        assertThat(reader.lines())
                .containsExactly("# what passes from now on", "# web/processor_x in", "m{n=\"1\"} 1 7");
    }

    @Test
    void showsWhatIsSelectedAndEndsAtTheLimit() {
        Reader reader = read(request(false, true, Optional.of(2L), 1000, "m{n=~\"[135]\"}", "other"))
                .ask(100);
        input.pass(rows(0, 10));
        assertThat(reader.complete).isTrue();
        assertThat(reader.lines())
                .containsExactly(
                        "{\"notice\":\"what passes from now on\"}",
                        "{\"pipeline\":\"web\",\"component\":\"input_x\",\"side\":\"out\",\"labels\":{\"__name__\":\"m\",\"n\":\"1\"},\"timestamp\":7,\"value\":\"1.0\"}",
                        "{\"pipeline\":\"web\",\"component\":\"input_x\",\"side\":\"out\",\"labels\":{\"__name__\":\"m\",\"n\":\"3\"},\"timestamp\":7,\"value\":\"3.0\"}");
        assertThat(taps.open()).isEmpty();
    }

    @Test
    void aSlowReaderIsToldHowMuchItMissed() {
        Reader reader = read(all()).ask(1); // for the notice
        for (int i = 0; i < 7; i++) {
            input.pass(rows(0, 10_000));
        }
        assertThat(reader.lines()).hasSize(1);
        reader.ask(1_000_000);
        List<String> lines = reader.lines();
        long shown = lines.stream().filter(line -> line.startsWith("m{")).count();
        assertThat(shown).isEqualTo(50_000);
        assertThat(lines).contains("# 20000 were dropped: the reader is slow");
    }

    @Test
    void whatIsOverTheRateIsCounted() {
        long[] nanos = {0};
        TapRate rate = new TapRate(2, () -> nanos[0]);
        assertThat(IntStream.range(0, 5).filter(i -> rate.admits()).count()).isEqualTo(2);
        nanos[0] = 1_000_000_000;
        assertThat(rate.admits()).isTrue();
        assertThat(rate.takeOver()).isEqualTo(3);
        assertThat(rate.takeOver()).isZero();
    }

    @Test
    void onlyAFewAreOpen() {
        Reader first = read(all());
        for (int i = 1; i < Taps.MOST; i++) {
            read(all());
        }
        assertThat(taps.tap(all(), Runnable::run)).isEmpty();
        first.cancel();
        Reader next = read(all()).ask(1);
        assertThat(next.lines()).hasSize(1);
    }

    @Test
    void manyThatComeAtOnceAreOpenUpToTheLimit() {
        List<Tap> asked = IntStream.range(0, Taps.MOST + 1)
                .mapToObj(i -> taps.tap(all(), Runnable::run).orElseThrow())
                .toList();
        List<Reader> readers = asked.stream()
                .map(tap -> {
                    Reader reader = new Reader();
                    tap.subscribe(reader);
                    return reader;
                })
                .toList();
        assertThat(readers).extracting(reader -> reader.failed).containsOnlyOnce(true);
    }

    @Test
    void whatTextHasNoFormForIsAComment() {
        Reader reader = read(all()).ask(100);
        input.pass(MetricBatch.builder(2)
                .add(Labels.of("__name__", "a.b", "c d", "\"\\\n"), 1, Double.doubleToRawLongBits(1.5))
                .add(Labels.of("__name__", "m"), 2, MetricBatch.STALE_NAN)
                .build());
        input.pass(new LogBatch(Labels.of("job", "a"), List.of()));
        assertThat(reader.lines())
                .containsExactly(
                        "# what passes from now on",
                        "# web/input_x out",
                        "{\"a.b\",\"c d\"=\"\\\"\\\\\\n\"} 1.5 1",
                        "# m stale 2");
    }
}

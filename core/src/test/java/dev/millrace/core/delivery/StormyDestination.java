package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A destination that fails in every way, and the judge of what it was sent. Samples have their item number as their value.
 *
 * <p>A sample may be stored only after the one before it of its series, a second time only where the last answer to its
 * request is unknown, and never in one request with such that are new; no series is in two requests at once.
 */
final class StormyDestination implements GroupedFlusher {
    private static final int NONE = -1;

    private final World world;
    private final Random random;
    private final Call[] inFlight;
    private final int[] newest;
    private final BitSet settled = new BitSet();
    private final BitSet unclear = new BitSet();
    private int[] before = new int[1 << 20];
    private int[] seriesOf = new int[1 << 20];
    private boolean calm;
    private long requests;
    private long repeats;

    private static final class Call {
        final Slice slice;
        final int[] items;

        Call(Slice slice) {
            this.slice = slice;
            this.items = StormyDestination.items(slice);
        }
    }

    StormyDestination(World world, Random random, int series) {
        this.world = world;
        this.random = random;
        inFlight = new Call[series];
        newest = new int[series];
        Arrays.fill(newest, NONE);
    }

    void appended(int item, int series) {
        if (item == before.length) {
            before = Arrays.copyOf(before, 2 * item);
            seriesOf = Arrays.copyOf(seriesOf, 2 * item);
        }
        before[item] = newest[series];
        newest[series] = item;
        seriesOf[item] = series;
    }

    /** A life begins: of what was in flight in the last one, the answer is unknown. */
    void begin() {
        for (Call call : inFlight) {
            if (call != null) {
                unclear(call);
            }
        }
        Arrays.fill(inFlight, null);
    }

    /** It fails no more. */
    void calm() {
        calm = true;
    }

    void hasEverything(int items) {
        assertThat(settled.cardinality()).isEqualTo(items);
    }

    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        Call call = new Call(slice);
        return slice.record("storm/1", Arrays.hashCode(call.items)).thenCompose(written -> leaves(call));
    }

    private static int[] items(Slice slice) {
        int[] items = new int[slice.size()];
        for (int i = 0; i < items.length; i++) {
            items[i] = (int) ((MetricBatch) slice.batch(i)).valueBits(slice.row(i));
        }
        return items;
    }

    private CompletionStage<Outcome> leaves(Call call) {
        requests++;
        for (int item : call.items) {
            Call other = inFlight[seriesOf[item]];
            assertThat(other == null || other.equals(call) || ((Attempt) other.slice).closed())
                    .as("item %s is in flight while another of its series is", item)
                    .isTrue();
            inFlight[seriesOf[item]] = call;
        }
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        decide(call, answer);
        return answer;
    }

    private void decide(Call call, CompletableFuture<Outcome> answer) {
        int dice = calm ? 0 : random.nextInt(1000);
        Duration soon = Duration.ofMillis(1 + random.nextInt(250));
        if (dice < 800) {
            world.loop.after(soon, () -> {
                store(call);
                answer(call, answer, Outcome.Delivered.ALL);
            });
        } else if (dice < 880) {
            world.loop.after(soon, () -> answer(call, answer, new Outcome.Retry("busy")));
        } else if (dice < 920) {
            store(call);
            unclear(call);
            world.loop.after(soon, () -> fail(call, answer));
        } else if (dice < 940) {
            world.loop.after(soon, () -> answer(call, answer, new Outcome.Split("too large", refused())));
        } else if (dice < 985) {
            settle(call);
            world.loop.after(soon, () -> answer(call, answer, refused()));
        } else if (dice < 990) {
            world.loop.after(soon, () -> answer(call, answer, new Outcome.Held("wrong password")));
        } else {
            hang(call, answer);
        }
    }

    private static Outcome.Rejected refused() {
        return new Outcome.Rejected("409", "no");
    }

    private void hang(Call call, CompletableFuture<Outcome> answer) {
        store(call);
        unclear(call);
        if (random.nextBoolean()) {
            world.loop.after(world.sendDeadline.plusSeconds(5), () -> answer.complete(Outcome.Delivered.ALL));
        }
    }

    private void fail(Call call, CompletableFuture<Outcome> answer) {
        lands(call);
        if (random.nextBoolean()) {
            answer.complete(new Outcome.Retry("no answer", Optional.empty(), true));
        } else {
            answer.completeExceptionally(new IOException("reset"));
        }
    }

    private void answer(Call call, CompletableFuture<Outcome> answer, Outcome outcome) {
        lands(call);
        if (outcome instanceof Outcome.Split && call.items.length == 1) {
            settle(call);
        }
        if (outcome instanceof Outcome.Delivered) {
            for (int item : call.items) {
                unclear.clear(item);
            }
        }
        answer.complete(outcome);
    }

    private void lands(Call call) {
        for (int item : call.items) {
            if (call.equals(inFlight[seriesOf[item]])) {
                inFlight[seriesOf[item]] = null;
            }
        }
    }

    private void unclear(Call call) {
        for (int item : call.items) {
            unclear.set(item);
        }
    }

    private void store(Call call) {
        boolean again = settled.get(call.items[0]);
        repeats += again ? 1 : 0;
        for (int item : call.items) {
            assertThat(settled.get(item)).as("item %s is a repeat", item).isEqualTo(again);
            assertThat(again && !unclear.get(item))
                    .as("item %s was answered and is sent again", item)
                    .isFalse();
        }
        settle(call);
    }

    private void settle(Call call) {
        for (int item : call.items) {
            assertThat(before[item] == NONE || settled.get(before[item]))
                    .as("item %s comes after the one before it", item)
                    .isTrue();
            settled.set(item);
        }
    }

    @Override
    public String toString() {
        return requests + " requests, " + repeats + " repeats";
    }
}

package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
    private static final int TEXTS = 2_000;

    private final SymbolTable table = new SymbolTable();

    private Symbol intern(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return table.intern(bytes, 0, bytes.length);
    }

    private List<Symbol> internAll(String prefix) {
        return IntStream.range(0, TEXTS).mapToObj(i -> intern(prefix + i)).collect(Collectors.toList());
    }

    private static Set<Integer> numbers(List<Symbol> symbols) {
        return symbols.stream().map(Symbol::number).collect(Collectors.toSet());
    }

    /* Only the collector knows when an object is garbage: ask until it has found out. */
    private static void collectUntil(BooleanSupplier done) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("not collected within 30 s");
            }
            System.gc();
            Thread.onSpinWait();
        }
    }

    @Test
    void numbersAreSmallAndUnique() {
        List<Symbol> symbols = internAll("text");
        assertThat(table.size()).isEqualTo(TEXTS);
        assertThat(numbers(symbols)).hasSize(TEXTS);
        assertThat(Collections.max(numbers(symbols))).isLessThan(2 * TEXTS);
    }

    @Test
    void forgetsWhatNobodyRefersToAndUsesTheNumbersAgain() {
        Set<Integer> before = numbers(internAll("text"));
        collectUntil(() -> table.size() == 0);
        List<Symbol> again = internAll("text");
        assertThat(table.size()).isEqualTo(TEXTS);
        assertThat(numbers(again)).isEqualTo(before);
    }

    @Test
    void neverGivesTheNumberOfALiveSymbolAway() {
        List<Symbol> kept = new ArrayList<>();
        List<Symbol> all = internAll("text");
        for (int i = 0; i < TEXTS; i += 3) {
            kept.add(all.get(i));
        }
        int keptCount = kept.size();
        all.clear();
        collectUntil(() -> table.size() == keptCount);
        List<Symbol> more = internAll("more");
        Set<Integer> numbers = numbers(more);
        numbers.addAll(numbers(kept));
        assertThat(numbers).hasSize(TEXTS + keptCount);
        for (int i = 0; i < keptCount; i++) {
            assertThat(intern("text" + 3 * i)).isSameAs(kept.get(i));
        }
    }

    @Test
    void doesNotGrowWithTextsThatComeAndGo() {
        int most = 0;
        for (int round = 0; round < 20; round++) {
            String prefix = "round" + round + "-";
            most = Math.max(most, Collections.max(numbers(internAll(prefix))));
            collectUntil(() -> table.size() == 0);
        }
        assertThat(most).isLessThan(2 * TEXTS);
    }

    @Test
    void givesAllThreadsTheSameSymbols() throws Exception {
        List<List<Symbol>> results = inParallel(thread -> {
            List<Integer> order = IntStream.range(0, TEXTS).boxed().collect(Collectors.toList());
            Collections.shuffle(order, new Random(thread));
            Symbol[] symbols = new Symbol[TEXTS];
            order.forEach(i -> symbols[i] = intern("text" + i));
            return Arrays.asList(symbols);
        });
        for (List<Symbol> result : results) {
            for (int i = 0; i < TEXTS; i++) {
                assertThat(result.get(i)).isSameAs(results.get(0).get(i));
            }
        }
        assertThat(numbers(results.get(0))).hasSize(TEXTS);
    }

    @Test
    void keepsNumbersUniqueWhileThreadsComeAndGoWithTexts() throws Exception {
        List<List<Symbol>> held = inParallel(thread -> {
            Random random = new Random(thread);
            Symbol[] window = new Symbol[256];
            for (int i = 0; i < 100_000; i++) {
                String text = "text" + random.nextInt(4 * TEXTS);
                window[i % window.length] = intern(text);
                assertThat(window[i % window.length].toString()).isEqualTo(text);
                if (thread == 0 && i % 20_000 == 0) {
                    System.gc();
                }
            }
            return Arrays.asList(window);
        });
        Set<Symbol> symbols = new HashSet<>();
        held.forEach(symbols::addAll);
        assertThat(numbers(new ArrayList<>(symbols))).hasSize(symbols.size());
        assertThat(symbols.stream().map(Symbol::toString).distinct()).hasSize(symbols.size());
    }

    private interface Work {
        List<Symbol> run(int thread);
    }

    private static List<List<Symbol>> inParallel(Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<Symbol>>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                tasks.add(() -> work.run(number));
            }
            List<List<Symbol>> results = new ArrayList<>();
            for (Future<List<Symbol>> result : executor.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}

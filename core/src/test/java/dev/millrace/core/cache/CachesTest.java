package dev.millrace.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CachesTest {
    @Test
    void computesOnceAndCounts() {
        AtomicInteger computed = new AtomicInteger();
        try (BoundedCache<String, Integer> cache = new Caches(1000).open((key, value) -> 10)) {
            for (int i = 0; i < 3; i++) {
                assertThat(cache.get("key", key -> computed.incrementAndGet())).isOne();
            }
            assertThat(cache.hits()).isEqualTo(2);
            assertThat(cache.misses()).isOne();
            assertThat(cache.size()).isOne();
            assertThat(cache.bytes()).isEqualTo(10);
        }
    }

    @Test
    void takesNoMoreThanItsBytes() {
        try (BoundedCache<Integer, Integer> cache = new Caches(1000).open((key, value) -> 100)) {
            for (int i = 0; i < 1000; i++) {
                cache.get(i, key -> key);
                assertThat(cache.bytes()).isLessThanOrEqualTo(1000);
            }
        }
    }

    @Test
    void sharesWhatThereIs() {
        Caches caches = new Caches(1000);
        BoundedCache<Integer, Integer> first = caches.open((key, value) -> 100);
        fill(first);
        assertThat(first.bytes()).isEqualTo(1000);
        try (BoundedCache<Integer, Integer> second = caches.open((key, value) -> 100)) {
            fill(second);
            assertThat(first.bytes()).isEqualTo(500);
            assertThat(second.bytes()).isEqualTo(500);
        }
        fill(first);
        assertThat(first.bytes()).isEqualTo(1000);
        first.close();
        assertThat(first.size()).isZero();
    }

    private static void fill(BoundedCache<Integer, Integer> cache) {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                cache.get(i, key -> key);
            }
        }
    }
}

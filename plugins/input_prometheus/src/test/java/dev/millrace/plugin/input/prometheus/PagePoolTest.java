package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.BodyBuffer;
import org.junit.jupiter.api.Test;

final class PagePoolTest {
    private static final int SMALLEST = 16 << 10;

    private final PageBudget budget = new PageBudget(10 * SMALLEST);
    private final PagePool pool = new PagePool(2 * SMALLEST, budget);

    @Test
    void aPageTakesHalfOfTheBudget() throws ScrapeException {
        BodyBuffer page = pool.take();
        fill(page, 4 * SMALLEST);
        assertThat(page.capacity()).isEqualTo(4 * SMALLEST);
        assertThatThrownBy(() -> pool.reserve(page, 1))
                .hasMessage(
                        "body: more than 65536 bytes, for which there is no memory (expected: less, or a larger heap,"
                                + " MILLRACE_HEAP)");
    }

    @Test
    void otherPagesGrowWhenOneIsGivenBack() throws ScrapeException {
        BodyBuffer one = pool.take();
        fill(one, 4 * SMALLEST);
        BodyBuffer other = pool.take();
        fill(other, 2 * SMALLEST);
        BodyBuffer third = pool.take();
        assertThatThrownBy(() -> pool.reserve(other, 1)).isInstanceOf(ScrapeException.class);
        pool.giveBack(one);
        pool.giveBack(third);
        pool.reserve(other, 1);
        assertThat(other.capacity()).isEqualTo(4 * SMALLEST);
    }

    @Test
    void theBudgetIsWholeWhenAllIsGivenBack() throws ScrapeException {
        for (int round = 0; round < 100; round++) {
            BodyBuffer one = pool.take();
            BodyBuffer other = pool.take();
            fill(one, 2 * SMALLEST);
            pool.giveBack(one);
            pool.giveBack(other);
        }
        assertThat(budget.take(10 * SMALLEST)).isTrue();
        assertThat(budget.take(1)).isFalse();
    }

    private void fill(BodyBuffer page, int length) throws ScrapeException {
        while (page.length() < length) {
            pool.reserve(page, SMALLEST);
            page.advance(SMALLEST);
        }
    }
}

package dev.millrace.plugin.ext.groupinfo.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.ext.groupinfo.filter.GroupInfoFilterOptions.Condition;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.extension.FlushInterceptor;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupInfoFilterTest {
    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("ext_groupinfo_filter");
    }

    @ParameterizedTest
    @CsvSource({
        "prod-1, prod, false, true",
        "not-prod-1, prod, false, true",
        "not-prod-1, ^prod, false, false",
        "test, prod, false, false",
        "test, prod, true, true",
        "prod, prod, true, false",
        "'', ^$, false, true",
        "'', prod, false, false",
        "'', prod, true, true",
    })
    void aValueHoldsThePatternOrNot(String value, String pattern, boolean reverse, boolean passes) {
        FlushInterceptor filter = filter(Map.of("env", new Condition(pattern, reverse)));
        MetricBatch batch = MetricBatch.builder(1)
                .add(Labels.of("__name__", "up", "env", value), 1, 0)
                .build();

        assertThat(filter.passes(batch, 0)).isEqualTo(passes);
        assertThat(filter.passes(batch, 0)).as("from what is known").isEqualTo(passes);
    }

    @Test
    void allConditionsHaveToBeMet() {
        FlushInterceptor filter =
                filter(Map.of("env", new Condition("prod", false), "zone", new Condition("^b$", true)));
        MetricBatch batch = MetricBatch.builder(3)
                .add(Labels.of("env", "prod", "zone", "a"), 1, 0)
                .add(Labels.of("env", "prod", "zone", "b"), 1, 0)
                .add(Labels.of("env", "test", "zone", "a"), 1, 0)
                .build();

        assertThat(List.of(filter.passes(batch, 0), filter.passes(batch, 1), filter.passes(batch, 2)))
                .containsExactly(true, false, false);
    }

    @Test
    void logsAndSpansAreKnownByTheirResource() {
        FlushInterceptor filter = filter(Map.of("env", new Condition("prod", false)));
        Labels prod = Labels.of("env", "prod");

        assertThat(filter.passes(new LogBatch(prod, List.of()), 0)).isTrue();
        assertThat(filter.passes(new LogBatch(Labels.EMPTY, List.of()), 0)).isFalse();
        assertThat(filter.passes(new SpanBatch(prod, List.of()), 0)).isTrue();
    }

    @Test
    void remembersABoundedNumberOfValues() {
        FlushInterceptor filter = filter(Map.of("env", new Condition("7$", false)));
        for (int i = 0; i < 25_000; i++) {
            MetricBatch batch =
                    MetricBatch.builder(1).add(Labels.of("env", "e" + i), 1, 0).build();
            assertThat(filter.passes(batch, 0)).isEqualTo(i % 10 == 7);
        }
    }

    @Test
    void takesMetasAsConditionsOnLabelsToo() {
        FlushInterceptor filter = new GroupInfoFilter(new GroupInfoFilterOptions(
                Map.of("job", new Condition("web", false)), Map.of("env", new Condition("prod", false))));
        MetricBatch batch = MetricBatch.builder(2)
                .add(Labels.of("job", "web", "env", "prod"), 0, 0)
                .add(Labels.of("job", "web"), 0, 0)
                .build();
        assertThat(filter.passes(batch, 0)).isTrue();
        assertThat(filter.passes(batch, 1)).isFalse();
    }

    @Test
    void refusesWhatIsNoExpression() {
        assertThatThrownBy(() -> new Condition("a(", false))
                .hasMessageStartingWith("'a(': ")
                .hasMessageEndingWith(" (expected: an RE2 expression)");
    }

    private static FlushInterceptor filter(Map<String, Condition> tags) {
        return new GroupInfoFilter(new GroupInfoFilterOptions(tags, Map.of()));
    }
}

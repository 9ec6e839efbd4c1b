package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvalidNamesTest {
    private static final Labels REQUESTS = Labels.of("__name__", "http.requests", "host.name", "a", "b", "c");
    private static final Labels UP = Labels.of("__name__", "up");

    private final BodyBuffer body = new BodyBuffer(0);

    private Written encode(InvalidNames policy, Labels external, MetricBatch batch) throws Exception {
        body.clear();
        return new WriteRequestEncoder(policy).encode(Rows.of(batch), Targets.with(external), 1000, body);
    }

    private MetricBatch sent() throws Exception {
        return (MetricBatch) WriteRequestDecoder.decode(body).get(0);
    }

    private static MetricBatch sample(Labels series) {
        return MetricBatch.builder(2).add(series, 1, 1).add(UP, 1, 1).build();
    }

    @Test
    void areEscapedAndSorted() throws Exception {
        MetricBatch batch = sample(REQUESTS);
        for (int use = 0; use < 3; use++) { // the labels of a series are kept from its second use on
            assertThat(encode(InvalidNames.ESCAPE, Labels.EMPTY, batch).dropped())
                    .isEmpty();
            assertThat(sent().labels(0))
                    .hasToString("{U__host_2e_name=\"a\", __name__=\"U__http_2e_requests\", b=\"c\"}");
        }
    }

    @Test
    void areLeftOutAndCounted() throws Exception {
        MetricBatch batch = sample(REQUESTS);
        for (int use = 0; use < 3; use++) {
            assertThat(encode(InvalidNames.DROP, Labels.EMPTY, batch).dropped()).isEqualTo(Map.of("invalid_name", 1));
            assertThat(sent().size()).isEqualTo(1);
        }
    }

    @Test
    void ofExternalLabelsAreEscapedToo() throws Exception {
        encode(InvalidNames.ESCAPE, Labels.of("host.name", "external", "z.z", "1"), sample(REQUESTS));
        assertThat(sent().labels(0).get("U__host_2e_name")).isEqualTo("a");
        assertThat(sent().labels(1)).hasToString("{U__host_2e_name=\"external\", U__z_2e_z=\"1\", __name__=\"up\"}");
        assertThatThrownBy(() -> encode(InvalidNames.DROP, Labels.of("z.z", "1"), sample(UP)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("z.z");
    }

    @Test
    void thatBecomeOneAreLeftOutAndCounted() throws Exception {
        MetricBatch batch = sample(Labels.of("__name__", "up", "a.b", "1", "U__a_2e_b", "2"));
        for (int use = 0; use < 3; use++) {
            Written written = encode(InvalidNames.ESCAPE, Labels.EMPTY, batch);
            assertThat(written.dropped()).isEqualTo(Map.of("name_collision", 1));
            assertThat(sent().size()).isEqualTo(1);
        }
    }

    @Test
    void ofExemplarsAreEscapedOrLeftOut() throws Exception {
        Exemplar exemplar = new Exemplar(Labels.of("trace.id", "1"), 1, 1);
        MetricBatch batch = MetricBatch.builder(1)
                .add(UP, 1, 1)
                .exemplars(List.of(exemplar))
                .build();
        assertThat(encode(InvalidNames.ESCAPE, Labels.EMPTY, batch).content().exemplars())
                .isEqualTo(1);
        assertThat(sent().exemplars(0).get(0).labels()).hasToString("{U__trace_2e_id=\"1\"}");
        assertThat(encode(InvalidNames.DROP, Labels.EMPTY, batch).content().exemplars())
                .isZero();
        assertThat(sent().exemplars(0)).isEmpty();
    }

    @Test
    void alternateBetweenPoliciesWithoutMixingThem() throws Exception {
        MetricBatch batch = sample(REQUESTS);
        for (int use = 0; use < 4; use++) {
            assertThat(encode(InvalidNames.ESCAPE, Labels.EMPTY, batch).dropped())
                    .isEmpty();
            assertThat(encode(InvalidNames.DROP, Labels.EMPTY, batch).dropped()).hasSize(1);
        }
    }
}

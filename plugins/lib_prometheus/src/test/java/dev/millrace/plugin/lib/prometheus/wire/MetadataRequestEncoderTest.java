package dev.millrace.plugin.lib.prometheus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetadataRequestEncoderTest {
    private final BodyBuffer body = new BodyBuffer(0);

    @Test
    void writesWhatProtobufWrites() throws Exception {
        List<Metadata> families = Stream.of(MetricType.values())
                .map(type -> new Metadata("m_" + type, type, "Hélp.".repeat(30), type == MetricType.GAUGE ? "s" : ""))
                .toList();
        Message expected = Message.of(Schema.WRITE_REQUEST);
        for (Metadata family : families) {
            expected.add(
                    "metadata",
                    Message.of(Schema.METADATA)
                            .named("type", family.type().name().replace("_", ""))
                            .set("metric_family_name", family.family())
                            .set("help", family.help())
                            .set("unit", family.unit())
                            .build());
        }
        new MetadataRequestEncoder().encode(families, body);
        assertThat(DynamicMessage.parseFrom(Schema.WRITE_REQUEST, body.toByteArray()))
                .isEqualTo(expected.build());
        assertThat(body.toByteArray()).isEqualTo(expected.build().toByteArray());
    }

    @Test
    void escapesNamesThatTheProtocolDoesNotKnow() throws Exception {
        new MetadataRequestEncoder().encode(List.of(new Metadata("a.b", MetricType.GAUGE, "", "")), body);
        assertThat(DynamicMessage.parseFrom(Schema.WRITE_REQUEST, body.toByteArray()))
                .hasToString("metadata {\n  type: GAUGE\n  metric_family_name: \"U__a_2e_b\"\n}\n");
    }
}

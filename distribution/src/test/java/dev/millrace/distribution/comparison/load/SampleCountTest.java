package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SampleCountTest {
    private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

    private final SampleCount count = new SampleCount("node_", 1);

    @Test
    void tellsSamplesOfPagesFromOthers() throws IOException {
        count.add(request(series("node_load1", 1, 1000), series("node_load5", 2, 1000), series("up", 1, 1000)));
        count.add(request(series("node_load1", 1, 6000), series("node_load5", STALE, 6000)));
        assertThat(count.result()).isEqualTo(new SampleCount.Result(3, 2, 0, 0));
        assertThat(count.result().all()).isEqualTo(5);
    }

    @Test
    void seesWhatWasSentAgainAndWhatIsOutOfOrder() throws IOException {
        count.add(request(series("node_load1", 1, 1000)));
        count.add(request(series("node_load1", 1, 1000)));
        count.add(request(series("node_load1", 1, 6000)));
        count.add(request(series("node_load1", 1, 3000)));
        assertThat(count.result()).isEqualTo(new SampleCount.Result(3, 0, 1, 1));
    }

    @Test
    void countsEachSampleOnceWhereItKeepsThem() throws IOException {
        SampleCount exact = new SampleCount("node_", 3);
        for (long timestamp : new long[] {1000, 6000, 1000, 6000, 3000}) {
            exact.add(request(series("node_load1", 1, timestamp), series("node_load5", 1, timestamp)));
        }
        assertThat(exact.result().scraped()).isEqualTo(6);
        assertThat(exact.result().repeated()).isEqualTo(4);
    }

    @Test
    void knowsSeriesByAllTheirLabels() throws IOException {
        for (int instance = 0; instance < 5000; instance++) {
            count.add(request(series("node_load1", 1, 1000, "instance", "host" + instance)));
        }
        assertThat(count.result()).isEqualTo(new SampleCount.Result(5000, 0, 0, 0));
    }

    @Test
    void countsTheSamplesOfTheSecondVersion() throws IOException {
        byte[] labels = {1, 2, 3, 4}; // __name__ is node_load1, instance is a
        byte[] other = {1, 5, 3, 4};
        byte[] first = request2(labels, 1000);
        assertThat(count.add(first)).isEqualTo(1);
        count.add(request2(labels, 2000));
        count.add(request2(labels, 2000));
        count.add(request2(labels, 1500));
        count.add(request2(other, 1000));
        assertThat(count.result()).isEqualTo(new SampleCount.Result(3, 1, 1, 1));
    }

    @Test
    void refusesAReferenceThatLeadsNowhere() {
        assertThatThrownBy(() -> count.add(request2(new byte[] {1, 77}, 1000)))
                .isInstanceOf(IOException.class)
                .hasMessage("reference 77 into 6 symbols");
    }

    /** The series comes before the symbols, as a message may have it. */
    private static byte[] request2(byte[] references, long timestamp) throws IOException {
        return message(output -> {
            output.writeByteArray(5, message(series -> {
                series.writeByteArray(1, references);
                series.writeByteArray(2, message(sample -> {
                    sample.writeDouble(1, 1);
                    sample.writeInt64(2, timestamp);
                    sample.writeInt64(3, 900);
                }));
            }));
            for (String symbol : new String[] {"", "__name__", "node_load1", "instance", "a", "up"}) {
                output.writeString(4, symbol);
            }
        });
    }

    @Test
    void skipsWhatIsNeitherSeriesNorSample() throws IOException {
        ByteArrayOutputStream metadata = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(metadata);
        output.writeByteArray(3, new byte[] {1, 2, 3});
        output.flush();
        count.add(metadata.toByteArray());
        assertThat(count.result()).isEqualTo(new SampleCount.Result(0, 0, 0, 0));
    }

    private static byte[] request(byte[]... series) throws IOException {
        return message(output -> {
            for (byte[] one : series) {
                output.writeByteArray(1, one);
            }
        });
    }

    private static byte[] series(String name, double value, long timestamp, String... more) throws IOException {
        return message(output -> {
            output.writeByteArray(1, label("__name__", name));
            for (int i = 0; i < more.length; i += 2) {
                output.writeByteArray(1, label(more[i], more[i + 1]));
            }
            output.writeByteArray(2, message(sample -> {
                sample.writeDouble(1, value);
                sample.writeInt64(2, timestamp);
            }));
        });
    }

    private static byte[] label(String name, String value) throws IOException {
        return message(output -> {
            output.writeString(1, name);
            output.writeString(2, value);
        });
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        fields.write(output);
        output.flush();
        return bytes.toByteArray();
    }

    private interface Fields {
        void write(CodedOutputStream output) throws IOException;
    }
}

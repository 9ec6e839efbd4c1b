package dev.millrace.distribution.compliance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code prometheus.WriteRequest}. */
final class Version1Reader extends MessageReader {
    @Override
    Sent.Message read(byte[] message) throws IOException {
        Fields request = Fields.of(message, 1, 3);
        List<Sent.Series> series = new ArrayList<>();
        for (byte[] one : request.messages(1)) {
            series.add(series(Fields.of(one, 1, 2, 3, 4)));
        }
        List<Sent.Metadata> metadata = new ArrayList<>();
        for (byte[] one : request.messages(3)) {
            Fields fields = Fields.of(one, 1, 2, 4, 5);
            metadata.add(new Sent.Metadata(fields.text(2), (int) fields.varint(1), fields.text(4), fields.text(5)));
        }
        return new Sent.Message(List.of(), series, metadata);
    }

    private static Sent.Series series(Fields fields) throws IOException {
        List<Sent.Sample> samples = new ArrayList<>();
        for (byte[] one : fields.messages(2)) {
            Fields sample = Fields.of(one, 1, 2);
            samples.add(new Sent.Sample(sample.fixed(1), sample.varint(2), 0));
        }
        List<Sent.Exemplar> exemplars = new ArrayList<>();
        for (byte[] one : fields.messages(3)) {
            Fields exemplar = Fields.of(one, 1, 2, 3);
            exemplars.add(new Sent.Exemplar(labels(exemplar), exemplar.optionalFixed(2), exemplar.varint(3)));
        }
        List<Sent.Histogram> histograms = new ArrayList<>();
        for (byte[] one : fields.messages(4)) {
            histograms.add(histogram(one, false));
        }
        return new Sent.Series(labels(fields), samples, histograms, exemplars, Optional.empty());
    }

    private static List<Sent.Label> labels(Fields fields) throws IOException {
        List<Sent.Label> labels = new ArrayList<>();
        for (byte[] one : fields.messages(1)) {
            Fields label = Fields.of(one, 1, 2);
            labels.add(new Sent.Label(label.text(1), label.text(2)));
        }
        return labels;
    }
}

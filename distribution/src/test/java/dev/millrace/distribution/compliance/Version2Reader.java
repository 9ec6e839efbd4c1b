package dev.millrace.distribution.compliance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code io.prometheus.write.v2.Request} of 2.0-rc.4. A reference beyond the table, or one without its pair, fails. */
final class Version2Reader extends MessageReader {
    @Override
    Sent.Message read(byte[] message) throws IOException {
        Fields request = Fields.of(message, 4, 5);
        List<String> symbols = request.texts(4);
        List<Sent.Series> series = new ArrayList<>();
        for (byte[] one : request.messages(5)) {
            series.add(series(Fields.of(one, 1, 2, 3, 4, 5), symbols));
        }
        return new Sent.Message(symbols, series, List.of());
    }

    private static Sent.Series series(Fields fields, List<String> symbols) throws IOException {
        List<Sent.Sample> samples = new ArrayList<>();
        for (byte[] one : fields.messages(2)) {
            Fields sample = Fields.of(one, 1, 2, 3);
            samples.add(new Sent.Sample(sample.fixed(1), sample.varint(2), sample.varint(3)));
        }
        List<Sent.Histogram> histograms = new ArrayList<>();
        for (byte[] one : fields.messages(3)) {
            histograms.add(histogram(one, true));
        }
        List<Sent.Exemplar> exemplars = new ArrayList<>();
        for (byte[] one : fields.messages(4)) {
            Fields exemplar = Fields.of(one, 1, 2, 3);
            exemplars.add(new Sent.Exemplar(labels(exemplar, symbols), exemplar.optionalFixed(2), exemplar.varint(3)));
        }
        Optional<Sent.Metadata> metadata = Optional.empty();
        for (byte[] one : fields.messages(5)) {
            Fields about = Fields.of(one, 1, 3, 4);
            metadata = Optional.of(new Sent.Metadata(
                    "", (int) about.varint(1), symbol(about.varint(3), symbols), symbol(about.varint(4), symbols)));
        }
        return new Sent.Series(labels(fields, symbols), samples, histograms, exemplars, metadata);
    }

    private static List<Sent.Label> labels(Fields fields, List<String> symbols) throws IOException {
        List<Long> references = fields.packedVarints(1);
        if (references.size() % 2 != 0) {
            throw new IOException("labels_refs: " + references.size() + " references");
        }
        List<Sent.Label> labels = new ArrayList<>();
        for (int i = 0; i < references.size(); i += 2) {
            labels.add(new Sent.Label(symbol(references.get(i), symbols), symbol(references.get(i + 1), symbols)));
        }
        return labels;
    }

    private static String symbol(long reference, List<String> symbols) throws IOException {
        if (reference < 0 || reference >= symbols.size()) {
            throw new IOException("reference " + reference + " into " + symbols.size() + " symbols");
        }
        return symbols.get((int) reference);
    }
}

package dev.millrace.distribution.numbered;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.Snappy;

/**
 * The body of a request of remote write <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">1.0</a> or
 * <a href="https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/">2.0</a>, read by these few lines and not by Millrace's
 * own. The fields of their messages have different numbers, so that a body tells by itself which one it is.
 *
 * @param samples the samples, in the order of the body
 * @param histograms how many native histograms there are
 * @param exemplars how many exemplars there are
 */
public record RemoteWriteBody(List<Sample> samples, int histograms, int exemplars) {
    private static final int SERIES_OF_1 = 1;
    private static final int SYMBOLS_OF_2 = 4;
    private static final int SERIES_OF_2 = 5;

    /**
     * The samples of a body as it came, in its order.
     *
     * @throws IOException if it is no such body
     */
    public static List<Sample> samples(byte[] body) throws IOException {
        return of(body).samples();
    }

    /**
     * Reads a body as it came.
     *
     * @throws IOException if it is no such body
     */
    public static RemoteWriteBody of(byte[] body) throws IOException {
        List<byte[]> first = new ArrayList<>();
        List<byte[]> second = new ArrayList<>();
        List<String> symbols = new ArrayList<>();
        CodedInputStream input = CodedInputStream.newInstance(Snappy.uncompress(body));
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case SERIES_OF_1 -> first.add(input.readByteArray());
                case SYMBOLS_OF_2 -> symbols.add(input.readStringRequireUtf8());
                case SERIES_OF_2 -> second.add(input.readByteArray());
                default -> input.skipField(tag);
            }
        }
        Reader reader = new Reader();
        for (byte[] series : first) {
            reader.series1(series);
        }
        for (byte[] series : second) {
            reader.series2(series, symbols);
        }
        return new RemoteWriteBody(reader.samples, reader.histograms, reader.exemplars);
    }

    private static final class Reader {
        private final List<Sample> samples = new ArrayList<>();
        private int histograms;
        private int exemplars;

        private void series1(byte[] message) throws IOException {
            StringBuilder labels = new StringBuilder();
            CodedInputStream input = CodedInputStream.newInstance(message);
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> label(input.readByteArray(), labels);
                    case 2 -> samples.add(sample(labels.toString(), input.readByteArray()));
                    case 3 -> exemplars += skipped(input, tag);
                    case 4 -> histograms += skipped(input, tag);
                    default -> input.skipField(tag);
                }
            }
        }

        private void series2(byte[] message, List<String> symbols) throws IOException {
            StringBuilder labels = new StringBuilder();
            CodedInputStream input = CodedInputStream.newInstance(message);
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> references(input.readByteArray(), symbols, labels);
                    case 2 -> samples.add(sample(labels.toString(), input.readByteArray()));
                    case 3 -> histograms += skipped(input, tag);
                    case 4 -> exemplars += skipped(input, tag);
                    default -> input.skipField(tag);
                }
            }
        }

        private static int skipped(CodedInputStream input, int tag) throws IOException {
            input.skipField(tag);
            return 1;
        }
    }

    private static void references(byte[] packed, List<String> symbols, StringBuilder labels) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(packed);
        while (!input.isAtEnd()) {
            append(symbol(input, symbols), symbol(input, symbols), labels);
        }
    }

    private static String symbol(CodedInputStream references, List<String> symbols) throws IOException {
        int reference = references.readUInt32();
        if (reference < 0 || reference >= symbols.size()) {
            throw new IOException("reference " + reference + " into " + symbols.size() + " symbols");
        }
        return symbols.get(reference);
    }

    private static void label(byte[] message, StringBuilder labels) throws IOException {
        String name = "";
        String value = "";
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                name = input.readStringRequireUtf8();
            } else {
                value = input.readStringRequireUtf8();
            }
        }
        append(name, value, labels);
    }

    private static void append(String name, String value, StringBuilder labels) {
        labels.append(labels.length() == 0 ? "" : ",")
                .append(name)
                .append("=\"")
                .append(value)
                .append('"');
    }

    private static Sample sample(String series, byte[] message) throws IOException {
        long bits = 0;
        long timestamp = 0;
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> bits = input.readFixed64();
                case 2 -> timestamp = input.readInt64();
                default -> input.skipField(tag);
            }
        }
        return new Sample(series, timestamp, bits);
    }
}

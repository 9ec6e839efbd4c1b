package dev.millrace.distribution.numbered;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.Snappy;

/**
 * The body of a request of <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">remote write 1.0</a>, read by
 * these few lines and not by Millrace's own.
 */
public final class RemoteWriteBody {
    private RemoteWriteBody() {}

    /**
     * The samples of a body as it came, in its order.
     *
     * @throws IOException if it is no such body
     */
    public static List<Sample> samples(byte[] body) throws IOException {
        List<Sample> samples = new ArrayList<>();
        CodedInputStream input = CodedInputStream.newInstance(Snappy.uncompress(body));
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                series(input.readByteArray(), samples);
            } else {
                input.skipField(tag);
            }
        }
        return samples;
    }

    private static void series(byte[] message, List<Sample> samples) throws IOException {
        StringBuilder labels = new StringBuilder();
        CodedInputStream input = CodedInputStream.newInstance(message);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> label(input.readByteArray(), labels);
                case 2 -> samples.add(sample(labels.toString(), input.readByteArray()));
                default -> input.skipField(tag);
            }
        }
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
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                bits = input.readFixed64();
            } else {
                timestamp = input.readInt64();
            }
        }
        return new Sample(series, timestamp, bits);
    }
}

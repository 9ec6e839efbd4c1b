package dev.millrace.plugin.service.otlp;

import com.google.protobuf.CodedOutputStream;
import dev.millrace.plugin.lib.push.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The messages of answers.
 *
 * <pre>
 * Export…ServiceResponse      1 partial_success   Export…PartialSuccess
 * Export…PartialSuccess       1 rejected_…        int64     2 error_message  string
 * google.rpc.Status           1 code              int32     2 message        string   3 details  Any
 * google.protobuf.Any         1 type_url          string    2 value          bytes
 * google.rpc.RetryInfo        1 retry_delay       Duration
 * google.protobuf.Duration    1 seconds           int64     2 nanos          int32
 * </pre>
 */
final class Answers {
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

    private Answers() {}

    /** What a client is told of a request that is kept. */
    static byte[] protobuf(Export.Kept kept) {
        if (kept.rejected() == 0) {
            return new byte[0];
        }
        byte[] partial = message(out -> {
            out.writeInt64(1, kept.rejected());
            out.writeString(2, kept.message());
        });
        return message(out -> out.writeByteArray(1, partial));
    }

    /** The same as JSON. */
    static byte[] json(Export.Kept kept, Signal signal) {
        String text = kept.rejected() == 0
                ? "{}"
                : "{\"partialSuccess\":{\"" + signal.rejected() + "\":\"" + kept.rejected() + "\",\"errorMessage\":"
                        + quoted(kept.message()) + "}}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A {@code google.rpc.Status}, with when to come again, where the problem says that. */
    static byte[] protobuf(GrpcStatus code, Problem problem) {
        return message(out -> {
            out.writeInt32(1, code.number());
            out.writeString(2, problem.message());
            if (problem.retryAfter().isPresent()) {
                long nanos = problem.retryAfter().get().toNanos();
                byte[] duration = message(delay -> {
                    delay.writeInt64(1, nanos / 1_000_000_000);
                    delay.writeInt32(2, (int) (nanos % 1_000_000_000));
                });
                byte[] info = message(retry -> retry.writeByteArray(1, duration));
                byte[] any = message(detail -> {
                    detail.writeString(1, RETRY_INFO);
                    detail.writeByteArray(2, info);
                });
                out.writeByteArray(3, any);
            }
        });
    }

    /** The same as JSON, without when to come again, for which there is a header field. */
    static byte[] json(GrpcStatus code, Problem problem) {
        String text = "{\"code\":" + code.number() + ",\"message\":" + quoted(problem.message()) + "}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes everything", e);
        }
        return bytes.toByteArray();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}

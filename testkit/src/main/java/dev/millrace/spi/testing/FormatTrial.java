package dev.millrace.spi.testing;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The lives of what knows a wire format: an encoder, a decoder. */
final class FormatTrial {
    private static final int MAX_BYTES = 1 << 20;
    private static final int DAMAGED_BODIES = 500;
    private static final byte[] BEFORE = {1, 2, 3};

    private final Trial trial;
    private final Findings findings;

    FormatTrial(Trial trial) {
        this.trial = trial;
        this.findings = trial.findings();
    }

    void run(Class<?> kind) {
        trial.inLife("all is well", context -> {}, kind == Encoder.class ? this::encode : this::decode);
    }

    private record Encoding(byte[] bytes, Encoded says) {
        boolean isSameAs(Encoding other) {
            return Arrays.equals(bytes, other.bytes) && says.equals(other.says);
        }
    }

    private void encode(PluginLife<?> life) {
        Encoder encoder = (Encoder) life.component();
        List<Format> formats = trial.call("formats", thrown -> false, encoder::formats);
        if (formats == null || formats.isEmpty()) {
            findings.add(Rule.NO_NULL, "formats() has no format");
            return;
        }
        for (Format format : formats) {
            SampleBatches.all().forEach((kind, batch) -> encode(encoder, format, kind, batch));
        }
        encodeAnother(encoder, new Format("no such format", "0"));
        Encoding alone = encode(encoder, formats.get(0), "samples", SampleBatches.samples(), MAX_BYTES);
        Callable<Encoding> again = () -> encoding(encoder, formats.get(0), SampleBatches.samples(), MAX_BYTES);
        for (Encoding other : trial.together(4, "encode", Collections.nCopies(64, again))) {
            findings.expect(
                    alone == null || alone.isSameAs(other),
                    Rule.THREAD_SAFE,
                    "encode gives other bytes in other threads");
        }
    }

    private void encode(Encoder encoder, Format format, String kind, EventBatch batch) {
        Encoding first = encode(encoder, format, kind, batch, MAX_BYTES);
        Encoding second = encode(encoder, format, kind, batch, MAX_BYTES);
        if (first == null || second == null) {
            return;
        }
        String what = kind + " in " + format;
        findings.expect(first.isSameAs(second), Rule.SAME_BYTES, "encode of " + what + " gives other bytes each time");
        int dropped = first.says.dropped().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        findings.expect(
                dropped >= 0 && dropped <= batch.size(), Rule.COUNTS, "encode of " + what + " dropped " + dropped);
        if (first.bytes.length > 1) {
            Encoding tooLarge = encode(encoder, format, kind, batch, 1);
            findings.expect(
                    tooLarge == null,
                    Rule.THROWS_AS_DECLARED,
                    "encode of " + what + " did not refuse a target of 1 byte with an EncodingException");
        }
    }

    private @Nullable Encoding encode(Encoder encoder, Format format, String kind, EventBatch batch, int maxBytes) {
        return trial.call(
                "encode of " + kind + " in " + format,
                thrown -> thrown instanceof EncodingException && maxBytes < MAX_BYTES,
                () -> encoding(encoder, format, batch, maxBytes));
    }

    /* The buffer holds something already, to which a body is appended. */
    private static Encoding encoding(Encoder encoder, Format format, EventBatch batch, int maxBytes)
            throws EncodingException {
        BodyBuffer body = new BodyBuffer(16);
        body.write(BEFORE, 0, BEFORE.length);
        Target target = new Target(format, Labels.of("cluster", "test"), maxBytes);
        Encoded encoded = encoder.encode(new TestSlice(batch, 0).written(), target, body);
        byte[] bytes = body.toByteArray();
        if (!Arrays.equals(BEFORE, Arrays.copyOf(bytes, BEFORE.length))) {
            throw new IllegalStateException("what stood in the buffer was overwritten (expected: appended to)");
        }
        return new Encoding(Arrays.copyOfRange(bytes, BEFORE.length, bytes.length), encoded);
    }

    private void encodeAnother(Encoder encoder, Format format) {
        Encoding encoding = trial.call(
                "encode of a format that it does not have",
                thrown -> thrown instanceof IllegalArgumentException,
                () -> encoding(encoder, format, SampleBatches.samples(), MAX_BYTES));
        findings.expect(
                encoding == null, Rule.THROWS_AS_DECLARED, "encode takes a format that formats() does not have");
    }

    private void decode(PluginLife<?> life) {
        Decoder decoder = (Decoder) life.component();
        List<Format> formats = trial.call("formats", thrown -> false, decoder::formats);
        for (Format format : formats == null ? List.<Format>of() : formats) {
            for (PluginRules.Push good : trial.pushes()) {
                trial.call("decode of a good body", thrown -> false, () -> decode(decoder, format, good, good.body()));
                trial.call("answer", thrown -> false, () -> decoder.answer(format.name(), good.headers(), List.of()));
            }
            decodeDamaged(decoder, format);
        }
    }

    private void decodeDamaged(Decoder decoder, Format format) {
        List<PluginRules.Push> bodies = new ArrayList<>(trial.pushes());
        bodies.add(new PluginRules.Push("", HttpHeaders.EMPTY, new byte[64]));
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < DAMAGED_BODIES; i++) {
            PluginRules.Push body = bodies.get(random.nextInt(bodies.size()));
            byte[] damaged = damage(body.body(), random);
            trial.call(
                    "decode of a damaged body (-Dmillrace.seed=" + seed + ")",
                    thrown -> thrown instanceof DecodingException,
                    () -> decode(decoder, format, body, damaged));
        }
    }

    private static byte[] damage(byte[] body, Random random) {
        byte[] damaged = Arrays.copyOf(body, random.nextInt(body.length + 1));
        for (int i = 0; i < damaged.length && random.nextInt(4) > 0; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static List<EventBatch> decode(Decoder decoder, Format format, PluginRules.Push request, byte[] body)
            throws DecodingException {
        return decoder.decode(format.name(), request.headers(), BodyBuffer.wrap(body));
    }
}

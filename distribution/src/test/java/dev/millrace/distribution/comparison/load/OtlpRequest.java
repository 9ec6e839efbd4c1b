package dev.millrace.distribution.comparison.load;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a process with an SDK of OpenTelemetry exports at each interval, as the message of a call of gRPC: of ten data points
 * three are gauges, five are sums and two are histograms with the bounds of HTTP's durations. Its times and about half of its
 * values change from one export to the next, in place, so that an export costs next to nothing. Not thread-safe.
 */
public final class OtlpRequest {
    /** How all names of its metrics begin. */
    static final String NAMES = "app";

    /** The head of a message of gRPC: not compressed, and its length. */
    static final int HEAD = 5;

    private static final int POINTS_OF_A_METRIC = 10;
    private static final int METRICS_OF_A_SCOPE = 5;
    private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10};
    /* Its bytes stand nowhere else. */
    private static final long TIME = 0x7bad_cafe_5eed_f00dL;

    private final byte[] array;
    private final ByteBuffer bytes;
    /** Where the times of the points stand; what changes comes behind them. */
    private final int[] times;

    private final SplittableRandom random;

    private OtlpRequest(byte[] array, int[] times, SplittableRandom random) {
        this.array = array;
        this.bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        this.times = times;
        this.random = random;
    }

    /**
     * The request of one process.
     *
     * @param points how many data points it has
     * @param process which process it is, among many of one service
     * @param start since when it counts, in nanoseconds since the epoch
     */
    public static OtlpRequest of(int points, int process, long start) {
        byte[] message = message(out -> out.writeByteArray(1, resourceMetrics(points, process, start)));
        byte[] array = new byte[HEAD + message.length];
        ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0).putInt(Integer.reverseBytes(message.length)).put(message);
        int[] times = new int[points];
        int found = 0;
        for (int at = HEAD; found < points; at++) {
            if (bytes.getLong(at) == TIME) {
                times[found++] = at;
            }
        }
        return new OtlpRequest(array, times, new SplittableRandom(process));
    }

    /** The samples that its data points become. */
    public static int samples(int points) {
        int samples = 0;
        for (int point = 0; point < points; point++) {
            samples += Kind.of(point) == Kind.HISTOGRAM ? BOUNDS.length + 3 : 1;
        }
        return samples;
    }

    /** Goes on to the export at a time, in nanoseconds since the epoch; returns its bytes, the head of gRPC first. */
    byte[] next(long time) {
        for (int point = 0; point < times.length; point++) {
            bytes.putLong(times[point], time);
            if (random.nextBoolean()) {
                change(Kind.of(point), times[point] + Long.BYTES + 1);
            }
        }
        return array;
    }

    /** The request at a time without the head of gRPC, in an array of its own. */
    public byte[] messageAt(long time) {
        byte[] all = next(time);
        return Arrays.copyOfRange(all, HEAD, all.length);
    }

    /** What a data point is. */
    private enum Kind {
        GAUGE,
        SUM,
        HISTOGRAM;

        /** All points of a metric are of one kind. */
        static Kind of(int point) {
            int tenth = point / POINTS_OF_A_METRIC % 10;
            return tenth < 3 ? GAUGE : tenth < 8 ? SUM : HISTOGRAM;
        }
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private void change(Kind kind, int value) {
        switch (kind) {
            case GAUGE -> bytes.putDouble(value, random.nextInt(100_000) / 100.0);
            case SUM -> add(value, random.nextInt(50));
            case HISTOGRAM -> {
                // count, sum, and the counts of buckets behind their tag and length
                int sum = value + Long.BYTES + 1;
                int bucket = random.nextInt(BOUNDS.length);
                add(value, 1);
                bytes.putDouble(sum, bytes.getDouble(sum) + BOUNDS[bucket]);
                add(sum + Long.BYTES + 2 + bucket * Long.BYTES, 1);
            }
        }
    }

    private void add(int at, long amount) {
        bytes.putLong(at, bytes.getLong(at) + amount);
    }

    private static byte[] resourceMetrics(int points, int process, long start) {
        return message(out -> {
            out.writeByteArray(1, resource(process));
            int all = POINTS_OF_A_METRIC * METRICS_OF_A_SCOPE;
            for (int first = 0; first < points; first += all) {
                out.writeByteArray(2, scopeMetrics(first, Math.min(points, first + all), start));
            }
        });
    }

    /* What the agent for Java says of a process in a container. */
    private static byte[] resource(int process) {
        return message(out -> attributes(
                out,
                1,
                "service.name",
                "shop",
                "service.namespace",
                "front",
                "service.instance.id",
                "3f1c7c1e-96b3-4a7c-9d2a-%012d".formatted(process),
                "service.version",
                "4.17.2",
                "deployment.environment.name",
                "production",
                "host.name",
                "shop-7d4b9c-%06d".formatted(process),
                "host.arch",
                "amd64",
                "k8s.namespace.name",
                "front",
                "k8s.pod.name",
                "shop-7d4b9c-%06d".formatted(process),
                "k8s.node.name",
                "node-%03d".formatted(process % 50),
                "os.type",
                "linux",
                "os.description",
                "Linux 6.1.0-28-amd64",
                "process.runtime.name",
                "OpenJDK Runtime Environment",
                "process.runtime.version",
                "17.0.13+11",
                "telemetry.sdk.language",
                "java",
                "telemetry.sdk.name",
                "opentelemetry",
                "telemetry.sdk.version",
                "1.67.0"));
    }

    private static byte[] scopeMetrics(int from, int to, long start) {
        return message(out -> {
            int scope = from / POINTS_OF_A_METRIC / METRICS_OF_A_SCOPE;
            out.writeByteArray(1, message(name -> {
                name.writeString(1, "io.opentelemetry.instrumentation-" + scope);
                name.writeString(2, "2.28.0-alpha");
            }));
            for (int first = from; first < to; first += POINTS_OF_A_METRIC) {
                out.writeByteArray(2, metric(first, Math.min(to, first + POINTS_OF_A_METRIC), start));
            }
        });
    }

    private static byte[] metric(int from, int to, long start) {
        Kind kind = Kind.of(from);
        int number = from / POINTS_OF_A_METRIC;
        byte[] data = message(out -> {
            for (int point = from; point < to; point++) {
                out.writeByteArray(1, point(kind, point, start));
            }
            if (kind != Kind.GAUGE) {
                out.writeEnum(2, 2);
            }
            if (kind == Kind.SUM) {
                out.writeBool(3, true);
            }
        });
        return message(out -> {
            out.writeString(
                    1,
                    switch (kind) {
                        case GAUGE -> NAMES + ".pool.usage." + number;
                        case SUM -> NAMES + ".client.requests." + number;
                        case HISTOGRAM -> NAMES + ".server.request.duration." + number;
                    });
            out.writeString(2, "What metric " + number + " of the process measures.");
            out.writeString(3, kind == Kind.GAUGE ? "By" : kind == Kind.SUM ? "{request}" : "s");
            out.writeByteArray(kind == Kind.GAUGE ? 5 : kind == Kind.SUM ? 7 : 9, data);
        });
    }

    private static byte[] point(Kind kind, int point, long start) {
        int member = point % POINTS_OF_A_METRIC;
        return message(out -> {
            out.writeFixed64(2, start);
            out.writeFixed64(3, TIME);
            switch (kind) {
                case GAUGE -> {
                    out.writeDouble(4, member);
                    attributes(out, 7, "pool.name", "pool-" + member, "pool.state", member % 2 == 0 ? "idle" : "used");
                }
                case SUM -> {
                    out.writeFixed64(6, 1000 + member);
                    attributes(out, 7, http(member));
                }
                case HISTOGRAM -> {
                    out.writeFixed64(4, 0);
                    out.writeDouble(5, 0);
                    ByteBuffer bounds =
                            ByteBuffer.allocate(BOUNDS.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                    for (double bound : BOUNDS) {
                        bounds.putDouble(bound);
                    }
                    out.writeByteArray(6, new byte[(BOUNDS.length + 1) * Long.BYTES]);
                    out.writeByteArray(7, bounds.array());
                    attributes(out, 9, http(member));
                    out.writeDouble(11, 0.001);
                    out.writeDouble(12, 9.5);
                }
            }
        });
    }

    private static String[] http(int member) {
        return new String[] {
            "http.request.method", member % 2 == 0 ? "GET" : "POST",
            "http.route", "/api/v1/orders/{id}/items/" + member,
            "network.protocol.version", "1.1",
            "server.address", "orders.front.svc.cluster.local",
            "url.scheme", "https"
        };
    }

    private static void attributes(CodedOutputStream out, int field, String... namesAndValues) throws IOException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            String value = namesAndValues[i + 1];
            out.writeByteArray(field, message(attribute -> {
                attribute.writeString(1, name);
                attribute.writeByteArray(2, message(any -> any.writeString(1, value)));
            }));
        }
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
}

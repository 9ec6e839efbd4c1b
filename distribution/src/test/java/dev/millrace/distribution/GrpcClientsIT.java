package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of grpc-java calls the services of OTLP: what it is answered, by whom it is trusted, and when it may come again. */
@Tag("servers")
final class GrpcClientsIT {
    private static final long SECONDS = 60;
    private static final String PACKAGE = "opentelemetry.proto.collector.";
    private static final MethodDescriptor<ExportMetricsServiceRequest, ExportMetricsServiceResponse> METRICS = method(
            PACKAGE + "metrics.v1.MetricsService/Export",
            ExportMetricsServiceRequest.getDefaultInstance(),
            ExportMetricsServiceResponse.getDefaultInstance());
    private static final MethodDescriptor<ExportLogsServiceRequest, ExportLogsServiceResponse> LOGS = method(
            PACKAGE + "logs.v1.LogsService/Export",
            ExportLogsServiceRequest.getDefaultInstance(),
            ExportLogsServiceResponse.getDefaultInstance());
    private static final MethodDescriptor<ExportTraceServiceRequest, ExportTraceServiceResponse> TRACES = method(
            PACKAGE + "trace.v1.TraceService/Export",
            ExportTraceServiceRequest.getDefaultInstance(),
            ExportTraceServiceResponse.getDefaultInstance());

    /** Of "test", from the documents of Prometheus. */
    private static final String HASH = "$2y$12$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay";

    @TempDir
    Path folder;

    private final String address = "127.0.0.1:" + Ports.free();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private RemoteWriteReceiver receiver;
    private Millrace millrace;

    private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
            String name, Q request, A answer) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(name)
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(answer))
                .build();
    }

    @BeforeEach
    void start() {
        receiver = RemoteWriteReceiver.start();
        millrace = Millrace.in(folder);
    }

    @AfterEach
    void stop() {
        channels.forEach(ManagedChannel::shutdownNow);
        millrace.close();
        receiver.close();
    }

    private void serve(String grpc, String more) {
        millrace.pipeline(
                "otlp",
                "inputs:\n  - Type: service_otlp\n    Protocols:\n      GRPC:\n        Endpoint: '" + address + "'\n"
                        + grpc.indent(8) + more.indent(4) + "flushers:\n"
                        + Pipelines.flusher("", receiver.endpoint(), ""));
        millrace.start();
    }

    private Channel channel(ChannelCredentials credentials) {
        ManagedChannel channel = Grpc.newChannelBuilder(address, credentials).build();
        channels.add(channel);
        return channel;
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    private static ExportMetricsServiceRequest metric(String name, String description) {
        Metric.Builder metric = Metric.newBuilder()
                .setName(name)
                .setDescription(description)
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setTimeUnixNano(1_700_000_000_000_000_000L)
                                .setAsInt(3)));
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
                .build();
    }

    private static <Q, A> Status refusal(
            Channel channel, MethodDescriptor<Q, A> method, CallOptions options, Q request) {
        try {
            ClientCalls.blockingUnaryCall(channel, method, options, request);
            return Status.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus();
        }
    }

    @Test
    void callsAreAnsweredWithWhatBecameOfThem() {
        serve("MaxRecvMsgSizeMiB: 2", "");
        Channel channel = channel(InsecureChannelCredentials.create());
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("tenant", Metadata.ASCII_STRING_MARSHALLER), "shop");
        metadata.put(Metadata.Key.of("trace-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {0, 1, -1});
        Channel tagged = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));

        assertThat(ClientCalls.blockingUnaryCall(tagged, METRICS, options(), metric("plain", "")))
                .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
        assertThat(ClientCalls.blockingUnaryCall(
                        channel, METRICS, options().withCompression("gzip"), metric("zipped", "")))
                .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
        assertThat(ClientCalls.blockingUnaryCall(channel, METRICS, options(), metric("large", "x".repeat(2_000_000))))
                .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
        Await.until(
                "all three arrive",
                Duration.ofSeconds(SECONDS),
                () -> List.of("plain", "zipped", "large").stream()
                        .noneMatch(name -> receiver.samples(name).isEmpty()));

        ExportMetricsServiceRequest bomb = metric("bomb", "x".repeat(3 << 20));
        assertThat(refusal(channel, METRICS, options(), bomb).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal(channel, METRICS, options().withCompression("gzip"), bomb)
                        .getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        Status unknown = refusal(
                channel,
                method(
                        PACKAGE + "metrics.v1.MetricsService/Import",
                        ExportMetricsServiceRequest.getDefaultInstance(),
                        ExportMetricsServiceResponse.getDefaultInstance()),
                options(),
                metric("none", ""));
        assertThat(unknown.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(unknown.getDescription()).contains("/Import (expected: such as ");
        assertThat(refusal(
                                channel,
                                METRICS,
                                CallOptions.DEFAULT.withDeadlineAfter(-1, TimeUnit.SECONDS),
                                metric("late", ""))
                        .getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void saysThatLogsAndTracesAreNotKept() {
        serve("", "");
        Channel channel = channel(InsecureChannelCredentials.create());
        var logs = ClientCalls.blockingUnaryCall(
                channel,
                LOGS,
                options(),
                ExportLogsServiceRequest.newBuilder()
                        .addResourceLogs(ResourceLogs.newBuilder()
                                .addScopeLogs(ScopeLogs.newBuilder()
                                        .addLogRecords(LogRecord.newBuilder().setSeverityText("INFO"))))
                        .build());
        assertThat(logs.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
        assertThat(logs.getPartialSuccess().getErrorMessage()).contains("no logs");
        var traces = ClientCalls.blockingUnaryCall(
                channel,
                TRACES,
                options(),
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(ResourceSpans.newBuilder()
                                .addScopeSpans(ScopeSpans.newBuilder()
                                        .addSpans(Span.newBuilder().setName("a"))
                                        .addSpans(Span.newBuilder().setName("b"))))
                        .build());
        assertThat(traces.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
    }

    @Test
    void saysWhenToComeAgain() throws Exception {
        serve("", "MaxRequestsPerSecond: 1");
        Channel channel = channel(InsecureChannelCredentials.create());
        Optional<RetryInfo> hint = Optional.empty();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (hint.isEmpty() && System.nanoTime() < end) {
            hint = hint(channel);
        }
        assertThat(hint).isPresent();
        com.google.protobuf.Duration delay = hint.get().getRetryDelay();
        assertThat(delay.getSeconds() + delay.getNanos()).isPositive();
        Await.until(
                "a call is taken again",
                Duration.ofSeconds(SECONDS),
                () -> hint(channel).isEmpty());
    }

    /* What a refusal says; empty where there was none. */
    private static Optional<RetryInfo> hint(Channel channel) throws InvalidProtocolBufferException {
        try {
            ClientCalls.blockingUnaryCall(channel, METRICS, options(), metric("m", ""));
            return Optional.empty();
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            var details = StatusProto.fromThrowable(refused);
            assertThat(details.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED.value());
            return Optional.of(details.getDetails(0).unpack(RetryInfo.class));
        }
    }

    @Test
    void takesCallsOfKnownClientsOverTls() throws Exception {
        Path certificates = Files.createDirectories(millrace.conf().resolve("certificates"));
        X509Bundle authority =
                certificate("authority").setIsCertificateAuthority(true).buildSelfSigned();
        Files.writeString(certificates.resolve("ca.pem"), authority.getCertificatePEM());
        write(
                certificates,
                "server",
                certificate("server").addSanIpAddress("127.0.0.1").buildIssuedBy(authority));
        write(certificates, "client", certificate("client").buildIssuedBy(authority));
        serve("""
                Tls:
                  CertFile: ../certificates/server.crt
                  KeyFile: ../certificates/server.key
                  ClientCaFile: ../certificates/ca.pem
                  ClientAuth: require
                """, """
                Authenticator:
                  Type: ext_server_auth
                  Users: [{Username: shop, PasswordHash: '%s'}]
                """.formatted(HASH));
        TlsChannelCredentials.Builder trusting = TlsChannelCredentials.newBuilder()
                .trustManager(certificates.resolve("ca.pem").toFile());

        assertThat(refusal(channel(InsecureChannelCredentials.create()), METRICS, options(), metric("m", ""))
                        .getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal(channel(trusting.build()), METRICS, options(), metric("m", ""))
                        .getCode())
                .as("without a certificate")
                .isEqualTo(Status.Code.UNAVAILABLE);
        Channel known = channel(trusting.keyManager(
                        certificates.resolve("client.crt").toFile(),
                        certificates.resolve("client.key").toFile())
                .build());
        assertThat(refusal(known, METRICS, options(), metric("m", "")).getCode())
                .as("without a password")
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal(authorized(known, "shop:Test"), METRICS, options(), metric("m", ""))
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal(authorized(known, "shop:test"), METRICS, options(), metric("m", "")))
                .isEqualTo(Status.OK);
        Await.until(
                "it arrives",
                Duration.ofSeconds(SECONDS),
                () -> !receiver.samples("m").isEmpty());
        assertThat(millrace.metrics()
                        .sum("millrace_listener_refused_connections_total", "address", address, "reason", "tls"))
                .isPositive();
    }

    private static CertificateBuilder certificate(String name) {
        return new CertificateBuilder().subject("CN=" + name);
    }

    private static void write(Path into, String name, X509Bundle bundle) throws IOException {
        Files.writeString(into.resolve(name + ".crt"), bundle.getCertificatePathPEM());
        Files.writeString(into.resolve(name + ".key"), bundle.getPrivateKeyPEM());
    }

    private static Channel authorized(Channel channel, String pair) {
        Metadata metadata = new Metadata();
        metadata.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }
}

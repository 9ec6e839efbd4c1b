package dev.millrace.distribution.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.config.ConfigMessage;
import dev.millrace.core.config.Location;
import dev.millrace.core.config.Problem;
import dev.millrace.core.host.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of fragments of a prometheus.yml, word for word. */
final class ConversionTest {
    private static final String URL = "http://there/api/v1/write";
    private static final String TAKEN = "  - {job_name: taken, static_configs: [{targets: ['a:1']}]}\n";
    private static final String REPLACED = "${env:…} and ${file:…} would be replaced by something else here";
    private static final String WRITTEN =
            "is written as it is; ${file:PATH} in its place would keep it in a file of its own";
    private static final Draft VALID = text -> List.of();

    @TempDir
    Path folder;

    @Test
    void takesANodeExporterWithTheIntervalsThatApply() throws Exception {
        assertThat(pipeline("""
                global:
                  scrape_interval: 15s
                  scrape_timeout: 20s
                  external_labels:
                    cluster: eu
                    host: $HOST
                scrape_configs:
                  - job_name: node
                    static_configs:
                      - targets: ['localhost:9100', 'other:9100']
                        labels: {zone: "no"}
                  - job_name: slow
                    scrape_interval: 1m
                    static_configs:
                      - targets: [slow:1]
                """)).isEqualTo("""
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs: # the jobs, with the keys of Prometheus
                      - job_name: node
                        scrape_interval: 15s
                        scrape_timeout: 15s
                        static_configs:
                          - targets: ['localhost:9100', 'other:9100']
                            labels:
                              zone: 'no'
                      - job_name: slow
                        scrape_interval: 1m
                        scrape_timeout: 20s
                        static_configs:
                          - targets: ['slow:1']

                flushers:
                  - Type: flusher_prometheus
                    Endpoint: 'http://there/api/v1/write'
                    ExternalLabels:
                      cluster: eu
                      host: '${env:HOST:-}'
                """);
    }

    @Test
    void takesABlackboxJobWithItsRules() throws Exception {
        assertThat(pipeline("""
                scrape_configs:
                  - job_name: blackbox
                    metrics_path: /probe
                    params:
                      module: [http_2xx]
                    static_configs:
                      - targets:
                          - https://example.org
                    relabel_configs:
                      - source_labels: [__address__]
                        target_label: __param_target
                      - source_labels: [__param_target]
                        target_label: instance
                        action: Replace
                      - target_label: __address__
                        replacement: 127.0.0.1:9115
                """)).contains("""
                      - job_name: blackbox
                        scrape_interval: 1m
                        metrics_path: /probe
                        params:
                          module: [http_2xx]
                        static_configs:
                          - targets: ['https://example.org']
                        relabel_configs:
                          - source_labels: [__address__]
                            target_label: __param_target
                          - source_labels: [__param_target]
                            target_label: instance
                            action: replace
                          - target_label: __address__
                            replacement: '127.0.0.1:9115'
                """);
    }

    @Test
    void takesAFederationWithItsParameters() throws Exception {
        assertThat(pipeline("""
                scrape_configs:
                  - job_name: federate
                    honor_labels: true
                    metrics_path: /federate
                    body_size_limit: 0
                    params:
                      'match[]':
                        - '{job="prometheus"}'
                        - '{__name__=~"job:.*"}'
                    static_configs:
                      - targets: ['source:9090']
                """)).contains("""
                        metrics_path: /federate
                        params:
                          'match[]': ['{job="prometheus"}', '{__name__=~"job:.*"}']
                        honor_labels: true
                        body_size_limit: 0B
                        static_configs:
                """);
    }

    @Test
    void takesPasswordsAsTheyAreAndThoseInFilesAsReferences() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
        Conversion conversion = conversion("""
                scrape_configs:
                  - job_name: one
                    basic_auth: {username: me, password: "it's"}
                    static_configs: [{targets: ['a:1']}]
                  - job_name: two
                    basic_auth: {username: me, password_file: secret}
                    static_configs: [{targets: ['b:1']}]
                """, URL);
        assertThat(conversion.pipeline(VALID)).contains("""
                        basic_auth:
                          username: me
                          password: 'it''s'
                """).contains("""
                        basic_auth:
                          username: me
                          password: '${file:%s}'
                """.formatted(secret));
        assertThat(remarks(conversion))
                .containsExactly("prometheus.yml:3:32: scrape_configs[0].basic_auth.password: is written as it is;"
                        + " ${file:PATH} in its place would keep it in a file of its own");
    }

    @Test
    void takesRemoteWriteSections() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "x");
        Conversion conversion = conversion("""
                scrape_configs:
                %s
                remote_write:
                  - url: http://one/api/v1/write
                    remote_timeout: 30s
                    headers: {X-Scope-OrgID: team}
                    basic_auth: {username: me, password: secret}
                    queue_config:
                      max_shards: 8
                      max_samples_per_send: 500
                      min_backoff: 1s
                      max_backoff: 10s
                      capacity: 10000
                  - url: http://two/api/v1/write
                    name: second
                    authorization: {credentials_file: token}
                    queue_config: {max_shards: 200}
                    protobuf_message: io.prometheus.write.v2.Request
                    metadata_config: {send: false}
                """.formatted(TAKEN), null);
        assertThat(conversion.pipeline(VALID))
                .endsWith("""
                flushers:
                  - Type: flusher_prometheus/remote1
                    Endpoint: 'http://one/api/v1/write'
                    Headers:
                      X-Scope-OrgID: team
                    Authenticator:
                      Type: ext_basicauth
                      Username: me
                      Password: secret
                    Timeout: 30s
                    Concurrency: 8
                    SeriesLimit: 500
                    Retry:
                      InitialDelay: 1s
                      MaxDelay: 10s
                  - Type: flusher_prometheus/second
                    Endpoint: 'http://two/api/v1/write'
                    Authenticator:
                      Type: ext_bearer
                      TokenFile: '%s'
                    SendMetadata: false
                    Protocol: 2.0
                    Concurrency: 32
                """.formatted(token).replace("'" + token + "'", YamlLines.text(token.toString())));
        assertThat(remarks(conversion))
                .containsExactly(
                        "prometheus.yml:7:14: remote_write[0].headers: is written as it is; ${file:PATH} in its place"
                                + " would keep it in a file of its own",
                        "prometheus.yml:8:32: remote_write[0].basic_auth.password: is written as it is; ${file:PATH} in"
                                + " its place would keep it in a file of its own",
                        "prometheus.yml:14:7: remote_write[0].queue_config.capacity: has no effect: what waits is in the"
                                + " journal on disk (global.MaxBytes)",
                        "prometheus.yml:18:20: remote_write[1].queue_config.max_shards: 200 becomes Concurrency: 32, the"
                                + " largest there is");
    }

    @Test
    void takesWhatADestinationIsSentAndHowItIsReached() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        String file = YamlLines.text(secret.toString());
        Conversion conversion = conversion("""
                scrape_configs:
                %s
                remote_write:
                  - url: https://one/api/v1/write
                    basic_auth: {username: me, password_file: secret}
                    tls_config: {ca_file: secret, server_name: two, min_version: TLS13, insecure_skip_verify: false}
                    proxy_url: http://proxy:3128
                    no_proxy: 10.0.0.0/8, .internal
                    write_relabel_configs: [{source_labels: [a], regex: b, action: Drop}]
                    send_exemplars: true
                    send_native_histograms: false
                    protobuf_message: prometheus.WriteRequest
                    queue_config: {sample_age_limit: 2h}
                """.formatted(TAKEN), null);
        assertThat(conversion.pipeline(VALID))
                .endsWith("""
                    Authenticator:
                      Type: ext_basicauth
                      Username: me
                      PasswordFile: FILE
                    Http:
                      Tls:
                        CaFile: FILE
                        ServerName: two
                        MinVersion: tls13
                        InsecureSkipVerify: false
                      Proxy:
                        Url: 'http://proxy:3128'
                        NoProxy: [10.0.0.0/8, '.internal']
                    WriteRelabel:
                      - source_labels: [a]
                        regex: b
                        action: drop
                    SendExemplars: true
                    SendNativeHistograms: false
                    Protocol: 1.0
                    MaxSampleAge: 2h
                """.replace("FILE", file).replace("[10.0.0.0/8", "['10.0.0.0/8'"));
        assertThat(remarks(conversion)).isEmpty();
    }

    @Test
    void takesTheCredentialsOfServicesAsAuthenticators() throws Exception {
        assertThat(conversion("""
                scrape_configs:
                %s
                remote_write:
                  - url: https://one
                    oauth2: {client_id: me, client_secret: x, token_url: 'https://login/token', scopes: [write]}
                  - url: https://two
                    sigv4: {region: eu-central-1, access_key: AKID, secret_key: x}
                  - url: https://three
                    authorization: {type: Token, credentials: x}
                """.formatted(TAKEN), null).pipeline(VALID)).contains("""
                    Authenticator:
                      Type: ext_oauth2
                      ClientId: me
                      ClientSecret: x
                      TokenUrl: 'https://login/token'
                      Scopes: [write]
                """, """
                    Authenticator:
                      Type: ext_sigv4
                      Region: eu-central-1
                      AccessKeyId: AKID
                      SecretAccessKey: x
                """, """
                    Authenticator:
                      Type: ext_bearer
                      Scheme: Token
                      Token: x
                """);
    }

    @Test
    void takesTargetsOfFilesAndServers() throws Exception {
        assertThat(pipeline("""
                scrape_configs:
                  - job_name: found
                    file_sd_configs:
                      - files: [targets/*.json, /etc/other.yml]
                        refresh_interval: 1m
                    http_sd_configs:
                      - {url: 'http://inventory/targets', enable_http2: false}
                    kubernetes_sd_configs:
                      - role: pod
                    dns_sd_configs:
                      - {names: [_m._tcp.example.com]}
                """)).contains("""
                      - job_name: found
                        scrape_interval: 1m
                        dns_sd_configs:
                          - names: [_m._tcp.example.com]
                        file_sd_configs:
                          - files: ['%s/targets/*.json', /etc/other.yml]
                            refresh_interval: 1m
                        http_sd_configs:
                          - url: 'http://inventory/targets'
                        kubernetes_sd_configs:
                          - role: pod
                """.formatted(folder));
    }

    @Test
    void keepsWhatIsLeftOutAsAComment() throws Exception {
        assertThat(pipeline("scrape_configs:\n" + TAKEN + """
                  - job_name: pods
                    consul_sd_configs:
                      - server: a

                # Something else.
                rule_files: []
                """)).contains("""
                      # Left out:
                      #   scrape_configs[1].consul_sd_configs: not supported yet; static_configs, dns_sd_configs, file_sd_configs, http_sd_configs, kubernetes_sd_configs are; the job 'pods' is left out
                      # - job_name: pods
                      #   consul_sd_configs:
                      #     - server: a

                flushers:
                """);
    }

    @Test
    void takesFilesFromTheFolderOfTheirConfiguration() throws Exception {
        Conversion conversion = conversion("""
                scrape_configs:
                  - job_name: x
                    scheme: https
                    authorization: {credentials_file: token}
                    tls_config: {ca_file: a/ca.pem, server_name: b}
                    http_headers: {X-Key: {files: [key]}}
                    label_limit: 30
                    static_configs: [{targets: ['a:1']}]
                """, URL);

        assertThat(conversion.pipeline(VALID)).contains("""
                        label_limit: 30
                        authorization:
                          credentials_file: %1$s/token
                        tls_config:
                          ca_file: %1$s/a/ca.pem
                          server_name: b
                        http_headers:
                          X-Key:
                            files: [%1$s/key]
                """.formatted(folder));
        assertThat(remarks(conversion)).isEmpty();
    }

    static Stream<Arguments> jobs() {
        String left = "; the job 'x' is left out";
        return Stream.of(
                Arguments.of(
                        "consul_sd_configs: [{server: a}]",
                        "not supported yet; static_configs, dns_sd_configs, file_sd_configs, http_sd_configs, kubernetes_sd_configs are"
                                + left),
                Arguments.of("http_sd_configs: [{url: 'http://a/', proxy_url: 'http://b'}]", ""),
                Arguments.of(
                        "{static_configs: [{targets: ['a:1']}], eureka_sd_configs: [{server: a}]}",
                        "not supported yet; the job 'x' is taken without these targets"),
                job("tls_config: {ca_file: a}", "has no effect with scheme http"),
                job("scheme: https, tls_config: {ca_file: a}", ""),
                job("scheme: https, tls_config: {insecure_skip_verify: false}", ""),
                job("authorization: {credentials: a}", WRITTEN),
                job("bearer_token_file: a", ""),
                job("proxy_url: http://a", ""),
                job("http_headers: {A: {values: [b]}}", ""),
                job("convert_classic_histograms_to_nhcb: true", "classic histograms are not converted" + left),
                job("scrape_native_histograms: true, always_scrape_classic_histograms: true", ""),
                job("scrape_protocols: [PrometheusProto, PrometheusText0.0.4]", ""),
                job("fallback_scrape_protocol: OpenMetricsText1.0.0, enable_compression: false", ""),
                job("metric_name_validation_scheme: legacy, metric_name_escaping_scheme: dots", ""),
                job("enable_http2: true", "has no effect: HTTP/1.1 is used"),
                job("enable_http2: false", ""),
                job("label_limit: 30", ""),
                job("label_limit: 0", ""),
                job("sample_limit: 30", ""),
                job("new_key: 1", "not known here" + left),
                job("metrics_path: '/${env:A}'", REPLACED + left),
                job("basic_auth: {username: a, password: 'x${env:A}'}", REPLACED + left),
                job("basic_auth: {username: '${file:a}', password: b}", REPLACED + left),
                Arguments.of("static_configs: []", "has no targets" + left));
    }

    private static Arguments job(String keys, String remark) {
        return Arguments.of("{" + keys + ", static_configs: [{targets: ['a:1']}]}", remark);
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void saysWhatBecomesOfAJob(String job, String remark) throws Exception {
        String entry = job.startsWith("{") ? job.replaceFirst("\\{", "{job_name: x, ") : "{job_name: x, " + job + "}";
        Conversion conversion = conversion("scrape_configs:\n" + TAKEN + "  - " + entry + "\n", URL);
        conversion.pipeline(VALID);
        assertThat(remarks(conversion).stream().map(line -> line.replaceFirst("^prometheus.yml:3:\\d+: [^:]+: ", "")))
                .containsExactlyElementsOf(remark.isEmpty() ? List.of() : List.of(remark));
        assertThat(conversion.count(Part.Kind.JOB, false)).isEqualTo(remark.endsWith("left out") ? 1 : 0);
    }

    static Stream<Arguments> destinations() {
        String left = "; the destination 'remote1' is left out";
        return Stream.of(
                Arguments.of("write_relabel_configs: []", ""),
                Arguments.of("write_relabel_configs: [{action: drop, regex: '${env:A}'}]", REPLACED + left),
                Arguments.of(
                        "tls_config: {ca: a}",
                        "not supported; what is: ca_file, cert_file, insecure_skip_verify, key_file, min_version,"
                                + " server_name" + left),
                Arguments.of(
                        "sigv4: {region: a, role_arn: b}",
                        "not supported; what is: access_key, region, secret_key" + left),
                Arguments.of(
                        "azuread: {cloud: a}",
                        "has no counterpart; where something else writes a token to a file, Authenticator: {Type:"
                                + " ext_bearer, TokenFile: PATH} takes it" + left),
                Arguments.of("metadata_config: {send: true}", ""),
                Arguments.of("headers: {A: b, C: '${env:A}'}", REPLACED + left),
                Arguments.of("bearer_token: '${env:A}'", REPLACED + left),
                Arguments.of("authorization: {credentials: '${file:a}'}", REPLACED + left),
                Arguments.of("authorization: {type: '${env:A}', credentials: b}", REPLACED + left),
                Arguments.of("basic_auth: {username: a, password: '${env:A'}", REPLACED + left),
                Arguments.of("send_exemplars: true", ""),
                Arguments.of("new_key: 1", "not known here" + left));
    }

    @ParameterizedTest
    @MethodSource("destinations")
    void saysWhatBecomesOfADestination(String keys, String remark) throws Exception {
        Conversion conversion = conversion(
                "scrape_configs:\n" + TAKEN + "remote_write:\n  - {url: http://a, " + keys + "}\n  - url: http://b\n",
                null);
        conversion.pipeline(VALID);
        assertThat(remarks(conversion).stream().map(line -> line.replaceFirst("^prometheus.yml:4:\\d+: [^:]+: ", "")))
                .containsExactlyElementsOf(remark.isEmpty() ? List.of() : List.of(remark));
    }

    @Test
    void leavesOutADestinationWhoseUrlWouldBeReplaced() throws Exception {
        Conversion conversion = conversion(
                "scrape_configs:\n" + TAKEN + "remote_write:\n  - url: http://a/${env:A}\n  - url: http://b\n", null);
        assertThat(conversion.pipeline(VALID)).contains("Endpoint: 'http://b'").doesNotContain("Endpoint: 'http://a");
        assertThat(remarks(conversion))
                .containsExactly("prometheus.yml:4:10: remote_write[0].url: " + REPLACED
                        + "; the destination 'remote1' is left out");
    }

    @Test
    void saysWhatBecomesOfEverythingElse() throws Exception {
        Conversion conversion = conversion("""
                global:
                  evaluation_interval: 15s
                  label_limit: 30
                alerting:
                  alertmanagers: [{static_configs: [{targets: [a]}]}]
                rule_files:
                  # - "first_rules.yml"
                scrape_config_files: [more/*.yml]
                scrape_configs:
                %s  - {job_name: other, static_configs: [{targets: ['b:1']}]}
                remote_write:
                  - url: http://old
                    basic_auth: {username: me, password: secret}
                """.formatted(TAKEN), URL);
        assertThat(conversion.pipeline(VALID)).doesNotContain("secret").doesNotContain("old");
        assertThat(remarks(conversion))
                .containsExactly(
                        "prometheus.yml:2:3: global.evaluation_interval: has no effect: rules are evaluated by the server"
                                + " that keeps the metrics",
                        "prometheus.yml:4:1: alerting: has no effect: rules are evaluated by the server that keeps the"
                                + " metrics",
                        "prometheus.yml:8:1: scrape_config_files: its files are not read; run init --from each of them,"
                                + " with --name and --remote-write",
                        "prometheus.yml:13:5: remote_write[0]: is not taken over, because --remote-write names the"
                                + " destination");
    }

    @Test
    void leavesOutWhatTheValidationRefuses() throws Exception {
        Conversion conversion = conversion("scrape_configs:\n" + TAKEN + """
                  - job_name: wrong
                    static_configs: [{targets: ['b:1']}]
                    relabel_configs:
                      - {source_labels: [a], regex: '(', action: keep}
                """, URL);
        String pipeline = conversion.pipeline(text -> {
            List<String> lines = text.lines().toList();
            int line = lines.indexOf("            regex: '('") + 1;
            return line == 0
                    ? List.of()
                    : List.of(new Problem(
                            new Location("x", line, 20), "y", ConfigMessage.OPTION_REFUSED.with("no expression")));
        });
        assertThat(pipeline).contains("job_name: taken").contains("# - job_name: wrong");
        assertThat(remarks(conversion))
                .containsExactly("prometheus.yml:6:37: scrape_configs[1].relabel_configs[0].regex: no expression;"
                        + " the job 'wrong' is left out");
    }

    @Test
    void refusesAUrlThatTheValidationRefuses() throws Exception {
        Conversion conversion = conversion("scrape_configs:\n" + TAKEN, "there");
        assertThatThrownBy(() -> conversion.pipeline(text -> {
                    int line = text.lines().toList().indexOf("    Endpoint: there") + 1;
                    return List.of(
                            new Problem(new Location("x", line, 15), "y", ConfigMessage.OPTION_REFUSED.with("no URL")));
                }))
                .hasMessage("millrace: --remote-write: no URL");
    }

    @Test
    void blamesTheFileForWhatComesFromIt() throws Exception {
        Conversion conversion = conversion("global:\n  external_labels: {a: b}\nscrape_configs:\n" + TAKEN, URL);
        assertThatThrownBy(() -> conversion.pipeline(text -> {
                    int line = text.lines().toList().indexOf("    ExternalLabels:") + 1;
                    return List.of(new Problem(
                            new Location("x", line, 5), "y", ConfigMessage.OPTION_REFUSED.with("no labels")));
                }))
                .isInstanceOf(InitException.class);
        assertThat(remarks(conversion))
                .containsExactly("prometheus.yml:2:20: --remote-write.ExternalLabels: no labels; the destination '"
                        + URL + "' is left out");
    }

    @Test
    void needsADestinationAndAJob() throws Exception {
        assertThatThrownBy(() -> conversion("scrape_configs:\n" + TAKEN, null).pipeline(VALID))
                .hasMessage("millrace: " + source()
                        + ": there is no remote_write; name a destination with --remote-write URL");
        assertThatThrownBy(() -> conversion("global: {}\n", URL).pipeline(VALID))
                .hasMessage("millrace: " + source() + ": there is no job that can be taken over");
    }

    @Test
    void badYamlIsOneLineWithItsPlace() {
        assertThatThrownBy(() -> conversion("scrape_configs:\n  - job_name: [\n", URL))
                .isInstanceOfSatisfying(InitException.class, thrown -> {
                    assertThat(thrown.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
                    assertThat(thrown.lines()).singleElement().asString().startsWith(source() + ":3:1: ");
                });
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Conversion.of(source(), URL))
                .hasMessage(source() + ": no such file; create it, or correct the path");
    }

    private Path source() {
        return folder.resolve("prometheus.yml");
    }

    private Conversion conversion(String text, String remoteWrite) throws InitException, IOException {
        return Conversion.of(Files.writeString(source(), text), remoteWrite);
    }

    /** The pipeline that becomes of a file, without the comment at its beginning. */
    private String pipeline(String text) throws InitException, IOException {
        String pipeline = conversion(text, URL).pipeline(VALID);
        return pipeline.substring(pipeline.indexOf("\n\n") + 2);
    }

    private List<String> remarks(Conversion conversion) {
        return conversion.remarks().stream()
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }
}

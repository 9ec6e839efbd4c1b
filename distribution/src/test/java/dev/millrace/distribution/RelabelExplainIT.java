package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code millrace relabel explain} says. */
@Tag("servers") // no server, but much time
final class RelabelExplainIT {
    @TempDir
    Path folder;

    @Test
    void showsWhatEachRuleMakesOfASeries() throws Exception {
        Millrace millrace = Millrace.in(folder).pipeline("web", """
                inputs: [{Type: metric_mock}]
                processors:
                  - Type: processor_relabel
                    RelabelConfigs:
                      - {source_labels: [__name__], regex: 'go_.*', action: drop}
                      - {source_labels: [pod], regex: '(.*)-[a-z0-9]+', target_label: app}
                      - {regex: pod, action: labeldrop}
                  - Type: processor_add_fields
                    Fields: {cluster: eu-1}
                  - Type: processor_filter
                    Exclude: {app: 'test.*'}
                flushers: [{Type: flusher_stdout}]
                """);
        assertThat(explain(millrace, "up{pod=\"shop-7f\"}").output()).containsExactly("""
                processor_relabel
                     {__name__="up", pod="shop-7f"}
                  1. {action: drop, source_labels: [__name__], regex: 'go_.*'}
                     not changed
                  2. {action: replace, source_labels: [pod], regex: '(.*)-[a-z0-9]+', target_label: app}
                     + app="shop"
                  3. {action: labeldrop, regex: 'pod'}
                     - pod="shop-7f"
                  =  {__name__="up", app="shop"}
                processor_add_fields
                     {__name__="up", app="shop"}
                  1. sets {cluster="eu-1"}
                     + cluster="eu-1"
                  =  {__name__="up", app="shop", cluster="eu-1"}
                processor_filter
                     {__name__="up", app="shop", cluster="eu-1"}
                  1. {action: drop, source_labels: [app], regex: 'test.*'}
                     not changed
                  =  {__name__="up", app="shop", cluster="eu-1"}
                """.split("\n"));
        assertThat(explain(millrace, "go_threads{pod=\"shop-7f\"}").output()).endsWith("     dropped");
    }

    @Test
    void showsWhatEachJobMakesOfATarget() throws Exception {
        Millrace millrace = Millrace.in(folder).pipeline("web", """
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: web
                        relabel_configs:
                          - {source_labels: [__meta_team], target_label: team}
                        metric_relabel_configs:
                          - {regex: pod, action: labeldrop}
                      - job_name: db
                        relabel_configs:
                          - {source_labels: [__address__], regex: 'db.*', action: keep}
                flushers: [{Type: flusher_stdout}]
                """);
        assertThat(explain(millrace, "--target", "{__address__=\"web:80\",__meta_team=\"shop\"}")
                        .output())
                .contains(
                        "input_prometheus, job \"web\"",
                        "  1. defaults of the job",
                        "     + __scheme__=\"http\"",
                        "  2. {action: replace, source_labels: [__meta_team], target_label: team}",
                        "     + team=\"shop\"",
                        "  =  {instance=\"web:80\", job=\"web\", team=\"shop\"}",
                        "input_prometheus, job \"db\"")
                .endsWith("     dropped");
        assertThat(explain(millrace, "up{pod=\"a\"}").output()).endsWith("  =  {__name__=\"up\"}");
    }

    private static Commands.Result explain(Millrace millrace, String series) {
        return explain(millrace, "--series", series);
    }

    private static Commands.Result explain(Millrace millrace, String kind, String labels) {
        Commands.Result result = Commands.millrace(
                "relabel", "explain", kind, labels, "--conf", millrace.conf().toString());
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result;
    }
}

package dev.millrace.core.status;

import static dev.millrace.core.status.Readings.MIB;
import static dev.millrace.core.status.Readings.at;
import static dev.millrace.core.status.Readings.flusher;
import static dev.millrace.core.status.Readings.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.delivery.DeliveryStatus.Incident;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StatusTest {
    private static final HostFacts HOST =
            new HostFacts("1.2.3", "17.0.1", 4711, Readings.START - 140_000, "/var/lib/millrace");

    private static ComponentReading input(long received, long refused) {
        return new ComponentReading.Input(
                "input_some",
                ComponentState.OK,
                received,
                received - refused,
                Map.of("flusher_full", refused, "busy", 0L),
                0,
                Optional.of(new Incident(Readings.START + 55_000, "http://127.0.0.1:9/metrics: connection refused")));
    }

    private static PipelineReading web(long items, long waiting) {
        return running(
                "web",
                input(items, items / 10),
                new ComponentReading.Processor("processor_some", ComponentState.OK, 7, Optional.empty()),
                flusher("flusher_some/good").delivered(items).reading(),
                flusher("flusher_some/dead")
                        .waiting(waiting, 0)
                        .error(59, "127.0.0.1:9: connection refused")
                        .lost(Map.of("400", 12L, "413", 1000L), Map.of("damaged", 3L))
                        .reading(),
                flusher("flusher_some/locked")
                        .waiting(2 * MIB, 0)
                        .held(50, "the answer is 401; correct the credentials")
                        .reading(),
                new ComponentReading.Plain(
                        "ext_some", ComponentReading.Kind.EXTENSION, ComponentState.FAILED, Optional.empty()),
                new ComponentReading.Plain(
                        "ext_calm", ComponentReading.Kind.EXTENSION, ComponentState.OK, Optional.empty()));
    }

    private static Status status() {
        History history = new History();
        history.add(at(0, web(0, 0)));
        PipelineReading broken = new PipelineReading(
                "broken",
                "conf/pipelines/broken.yaml",
                PipelineReading.State.FAILED,
                true,
                List.of("broken/input_some: port 80 is in use"),
                OptionalLong.of(Readings.START + 64_500),
                Optional.empty(),
                List.of());
        PipelineReading invalid = PipelineReading.of(
                "invalid",
                "conf/pipelines/invalid.yaml",
                PipelineReading.State.INVALID,
                List.of("conf/pipelines/invalid.yaml:1:1: inputs: missing"));
        PipelineReading off =
                PipelineReading.of("off", "conf/pipelines/off.yaml", PipelineReading.State.DISABLED, List.of());
        return new Status(
                HOST, OptionalLong.of(85L << 30), history.upTo(at(60, web(74_040, 60 * MIB), broken, invalid, off)));
    }

    @Test
    void thePageShowsAllAtAGlance() {
        assertThat(StatusPage.DEFAULT.of(status())).isEqualTo("""
                millrace 1.2.3, process 4711, up 3 m 20 s
                4 pipelines: 1 running, 1 FAILED (broken), 1 INVALID (invalid), 1 disabled
                data /var/lib/millrace, 85.0 GiB free

                pipeline broken  FAILED, next attempt in 4 s; it goes on as it was
                  broken/input_some: port 80 is in use
                  conf/pipelines/broken.yaml

                pipeline invalid  INVALID
                  conf/pipelines/invalid.yaml:1:1: inputs: missing
                  conf/pipelines/invalid.yaml

                pipeline off  disabled
                  conf/pipelines/off.yaml

                pipeline web  running
                  conf/pipelines/web.yaml
                  journal 12.0 MiB of 10.0 GiB, kept for flusher_some/dead
                  INPUT                STATE     RECEIVED             KEPT           REFUSED
                  input_some           degraded    74,040  1,234/s  66,636  1,111/s    7,404
                      refused: flusher_full 7,404
                      last error 5 s ago: http://127.0.0.1:9/metrics: connection refused
                  PROCESSOR            STATE     TAKEN OUT
                  processor_some       ok                7
                  FLUSHER              STATE     DELIVERED           BACKLOG     BYTES  OLDEST   FULL IN
                  flusher_some/good    ok           74,040  1,234/s        0         -       -         -
                      4 lanes, 13 requests sent again, at most 10.0 GiB may wait
                  flusher_some/dead    degraded          0      0/s  629,145  60.0 MiB     1 m  2 h 49 m
                      4 lanes, 13 requests sent again, at most 10.0 GiB may wait
                      rejected, by status: 400 12, 413 1,000
                      dropped, by reason: damaged 3
                      last error 1 s ago: 127.0.0.1:9: connection refused
                  flusher_some/locked  HELD              0      0/s   20,971   2.0 MiB     1 m         -
                      4 lanes, 13 requests sent again, at most 10.0 GiB may wait
                      held for 10 s, nothing is sent until this changes: the answer is 401; correct the credentials
                  EXTENSION            STATE
                  ext_some             FAILED
                """);
    }

    @Test
    void aNarrowPageBreaksLongLinesAndCutsLongNames() {
        String name = "flusher_with_a_name_that_is_longer_than_the_page";
        Status status = new Status(
                HOST,
                OptionalLong.empty(),
                new History()
                        .upTo(at(
                                60,
                                running(
                                        "web",
                                        flusher(name)
                                                .error(1, "a word and more ".repeat(10))
                                                .reading()))));
        String page = new StatusPage(60, false).of(status);
        assertThat(page).contains("  flusher_with_a_name_that_is_lon…  ok");
        assertThat(page.lines().filter(line -> line.contains("a word")))
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.length() <= 60);
    }

    @Test
    void coloursAreAddedToTheSameText() {
        String coloured = new StatusPage(100, true).of(status());
        assertThat(coloured).contains("\u001b[1;31mHELD").contains("\u001b[1;31mFAILED, next attempt in 4 s");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(StatusPage.DEFAULT.of(status()));
    }

    @Test
    void theJsonHasEveryField() {
        assertThat(StatusJson.of(status())).isEqualTo("""
                {"version":"1.2.3","java":"17.0.1","pid":4711,\
                "startTime":"2023-11-14T22:11:00Z","time":"2023-11-14T22:14:20Z","uptimeSeconds":200,\
                "dataFolder":"/var/lib/millrace","freeBytes":91268055040,"pipelines":[\
                {"name":"broken","file":"conf/pipelines/broken.yaml","state":"failed","running":true,\
                "problems":["broken/input_some: port 80 is in use"],"nextAttemptSeconds":4,\
                "journal":null,"components":[]},\
                {"name":"invalid","file":"conf/pipelines/invalid.yaml","state":"invalid","running":false,\
                "problems":["conf/pipelines/invalid.yaml:1:1: inputs: missing"],"nextAttemptSeconds":null,\
                "journal":null,"components":[]},\
                {"name":"off","file":"conf/pipelines/off.yaml","state":"disabled","running":false,\
                "problems":[],"nextAttemptSeconds":null,"journal":null,"components":[]},\
                {"name":"web","file":"conf/pipelines/web.yaml","state":"running","running":true,\
                "problems":[],"nextAttemptSeconds":null,\
                "journal":{"bytes":12582912,"maxBytes":10737418240},"components":[\
                {"id":"input_some","kind":"input","state":"degraded",\
                "reason":"http://127.0.0.1:9/metrics: connection refused",\
                "receivedItems":74040,"receivedPerSecond":1234,\
                "acknowledgedItems":66636,"acknowledgedPerSecond":1110.6,\
                "refusedItems":7404,"refusedByReason":{"flusher_full":7404},"pendingItems":0,\
                "lastError":{"time":"2023-11-14T22:14:15Z",\
                "message":"http://127.0.0.1:9/metrics: connection refused"}},\
                {"id":"processor_some","kind":"processor","state":"ok","reason":null,"droppedItems":7},\
                {"id":"flusher_some/good","kind":"flusher","state":"ok","reason":null,\
                "deliveredItems":74040,"deliveredPerSecond":1234,"retriedRequests":13,\
                "rejectedItems":0,"rejectedByStatus":{},"droppedItems":0,"droppedByReason":{},\
                "backlogItems":0,"backlogBytes":0,"maxBytes":10737418240,"backlogOldestSeconds":0,\
                "secondsUntilFull":null,"lanes":4,"held":null,"lastError":null,"failure":null},\
                {"id":"flusher_some/dead","kind":"flusher","state":"degraded",\
                "reason":"127.0.0.1:9: connection refused",\
                "deliveredItems":0,"deliveredPerSecond":0,"retriedRequests":13,\
                "rejectedItems":1012,"rejectedByStatus":{"400":12,"413":1000},\
                "droppedItems":3,"droppedByReason":{"damaged":3},\
                "backlogItems":629145,"backlogBytes":62914560,"maxBytes":10737418240,"backlogOldestSeconds":60,\
                "secondsUntilFull":10180,"lanes":4,"held":null,\
                "lastError":{"time":"2023-11-14T22:14:19Z","message":"127.0.0.1:9: connection refused"},\
                "failure":null},\
                {"id":"flusher_some/locked","kind":"flusher","state":"held",\
                "reason":"the answer is 401; correct the credentials",\
                "deliveredItems":0,"deliveredPerSecond":0,"retriedRequests":13,\
                "rejectedItems":0,"rejectedByStatus":{},"droppedItems":0,"droppedByReason":{},\
                "backlogItems":20971,"backlogBytes":2097152,"maxBytes":10737418240,"backlogOldestSeconds":60,\
                "secondsUntilFull":null,"lanes":4,\
                "held":{"time":"2023-11-14T22:14:10Z","message":"the answer is 401; correct the credentials"},\
                "lastError":{"time":"2023-11-14T22:14:10Z","message":"the answer is 401; correct the credentials"},\
                "failure":null},\
                {"id":"ext_some","kind":"extension","state":"failed","reason":null},\
                {"id":"ext_calm","kind":"extension","state":"ok","reason":null}]}]}
                """);
    }

    @Test
    void aHostWithoutPipelinesSaysSo() {
        Status status = new Status(HOST, OptionalLong.empty(), new History().upTo(at(0)));
        assertThat(StatusPage.DEFAULT.of(status)).isEqualTo("""
                millrace 1.2.3, process 4711, up 2 m 20 s
                data /var/lib/millrace

                no pipeline
                """);
    }
}

package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.OtlpClients;
import dev.millrace.distribution.comparison.load.OtlpProtocol;
import dev.millrace.distribution.comparison.load.OtlpRequest;
import dev.millrace.distribution.comparison.report.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Processes export metrics by OTLP through the warm-up and the window, which the program writes by remote write; then they
 * export no more, and it may deliver what it has.
 *
 * @param load the processes as targets, the data points of each as series
 * @param protocol how they export
 */
record OtlpScenario(Load load, OtlpProtocol protocol, Duration warmUp, Duration window) implements Scenario {
    /** No program waits longer before it sends what it has. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    @Override
    public String title() {
        return "OTLP over " + protocol.name();
    }

    @Override
    public Optional<OtlpProtocol> otlp() {
        return Optional.of(protocol);
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.CPU_POINT,
                Figure.CPU_POINT_FROM_START,
                Figure.PEAK_MIB,
                Figure.BYTES_PER_SAMPLE,
                Figure.SERVED,
                Figure.LOST,
                Figure.FAILED,
                Figure.CPU_LOAD);
    }

    @Override
    public Map<Figure, Double> play(Stage stage) throws IOException {
        OtlpClients clients = (OtlpClients) stage.source();
        stage.start();
        stage.awaitSamples();
        stage.pass(warmUp);
        Moment before = stage.look();
        long failed = clients.failures();
        stage.pass(window);
        Moment after = stage.look();
        clients.hold();
        stage.drain(QUIET);
        Moment end = stage.look();
        double samplesOfAPoint = (double) OtlpRequest.samples(load.series()) / load.series();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CPU_POINT, after.cpuSince(before) * samplesOfAPoint);
        figures.put(Figure.CPU_POINT_FROM_START, end.cpuFromStart() * samplesOfAPoint);
        figures.put(Figure.PEAK_MIB, end.peakMebibytes());
        figures.put(Figure.BYTES_PER_SAMPLE, after.bytesPerSampleSince(before));
        figures.put(Figure.SERVED, (double) end.served());
        figures.put(Figure.LOST, (double) end.lost());
        figures.put(Figure.FAILED, (double) (clients.failures() - failed));
        figures.put(Figure.CPU_LOAD, after.loadCpuSince(before));
        return figures;
    }
}

package dev.millrace.distribution.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.comparison.load.Load;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class ReportsTest {
    private static final List<Figure> FIGURES = List.of(Figure.CPU, Figure.PEAK_MIB, Figure.LOST);
    private static final List<Contestant> PROGRAMS =
            List.of(new Contestant("a", "A <1>", "a --flag"), new Contestant("millrace", "Millrace", "millrace run"));

    @Test
    void ratiosAreToTheFirstProgramOfTheSameRound() {
        assertThat(row(TextReport.of(results(part(1000))), "Millrace"))
                .isEqualTo("| Millrace | 3.00 (2.00-4.00) | 1.50 (1.00-2.00) | 30 (20-40) | 1.50 (1.00-2.00) | 9 |");
    }

    @Test
    void saysWhatWasLeftOutAndHowProgramsWereStarted() {
        assertThat(TextReport.of(results(part(1000))))
                .contains("Left out: otelcol: there is no Go\n", "| A <1>    | `a --flag`")
                .doesNotContain("further series");
    }

    @Test
    void showsHowFiguresGrowWithTheSeries() {
        String text = TextReport.of(results(part(1000), part(2000)));
        assertThat(row(text.substring(text.indexOf("## As the work grows")), "Millrace"))
                .isEqualTo("| Millrace | 2,000 | 1.00 | 0 |");
    }

    @Test
    void aFigureThatCouldNotBeMeasuredIsADash() {
        Part nothing = new Part("nothing", load(1), FIGURES, List.of(turn("millrace", 1, Double.NaN)));
        assertThat(row(TextReport.of(results(nothing)), "Millrace")).isEqualTo("| Millrace | - | - | - | - | 3 |");
        assertThat(row(TextReport.of(results(nothing)), "A <1>")).isEqualTo("| A <1> | - | - | - | - | - |");
    }

    @Test
    void jsonHasEveryTurnAndTheSpreads() {
        assertThat(JsonReport.of(results(part(1000))))
                .startsWith("{\"scenario\":\"steady\",")
                .contains("{\"program\":\"millrace\",\"round\":2,\"cpu\":3,\"peak_mib\":30,\"lost\":3}")
                .contains(
                        "\"cpu\":{\"median\":3,\"least\":2,\"most\":4},\"cpu_ratio\":{\"median\":1.5,\"least\":1,\"most\":2}")
                .contains("\"leftOut\":[\"otelcol: there is no Go\"]");
        assertThat(JsonReport.of(results(new Part("x", load(1), FIGURES, List.of(turn("a", 1, Double.NaN))))))
                .contains("\"cpu\":null");
    }

    @Test
    void theChartIsXmlWithABarForEachProgramAndFigure() throws Exception {
        String svg = Chart.of(results(part(1000)));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(6);
        assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(2);
        assertThat(svg).contains("1.50 × (3.00)", "1.00 × (2.00)", "A &lt;1&gt;", ">9<");
    }

    private static String row(String text, String program) {
        return text.lines()
                .filter(line -> line.startsWith("| " + program + " "))
                .map(line -> line.replaceAll(" +", " "))
                .findFirst()
                .orElseThrow();
    }

    private static Results results(Part... parts) {
        return new Results("steady", "How.", "On what.", PROGRAMS, List.of(parts), List.of("otelcol: there is no Go"));
    }

    private static Part part(int series) {
        List<Turn> turns = new ArrayList<>();
        double[] first = {1, 2, 4};
        double[] second = {2, 3, 4};
        for (int round = 1; round <= 3; round++) {
            turns.add(turn("a", round, first[round - 1]));
            turns.add(turn("millrace", round, second[round - 1]));
        }
        return new Part(series + " series", load(series), FIGURES, turns);
    }

    private static Load load(int series) {
        return new Load(1, series, Duration.ofSeconds(5), 1);
    }

    private static Turn turn(String program, int round, double cpu) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CPU, cpu);
        figures.put(Figure.PEAK_MIB, cpu * 10);
        figures.put(Figure.LOST, 3.0);
        return new Turn(program, round, figures);
    }
}

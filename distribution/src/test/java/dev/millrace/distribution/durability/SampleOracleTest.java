package dev.millrace.distribution.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Sample;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle of the kill test finds what it is there for. */
final class SampleOracleTest {
    private final SampleOracle oracle = new SampleOracle(sample -> sample.value() < 100);

    @Test
    void findsNothingWhereARequestComesAgainAsItWas() {
        oracle.add(1, true, List.of(sample("a", 1), sample("b", 1)));
        oracle.add(1, false, List.of(sample("a", 2), sample("b", 2)));
        oracle.add(2, true, List.of(sample("a", 2), sample("b", 2)));
        oracle.add(2, true, List.of(sample("a", 3), sample("b", 3)));
        oracle.add(3, true, List.of(sample("a", 2), sample("b", 2)));
        assertThat(oracle.faults()).isEmpty();
        assertThat(oracle.samples()).isEqualTo(6);
        assertThat(oracle.requests()).isEqualTo(3);
        assertThat(oracle.repeatedByLife()).isEqualTo(Map.of(2, 1, 3, 1));
        assertThat(oracle.missing("client", 2, pages(1, 2, 3))).isEmpty();
        assertThat(oracle.torn("client", 2, 3)).isEmpty();
    }

    @Test
    void findsOtherBoundaries() {
        oracle.add(1, false, List.of(sample("a", 1), sample("b", 1)));
        oracle.add(2, true, List.of(sample("a", 1)));
        assertThat(oracle.faults()).singleElement().asString().contains("in request 1 and in 2");
    }

    @Test
    void findsAnotherOrderInARequest() {
        oracle.add(1, true, List.of(sample("a", 1), sample("b", 1)));
        oracle.add(2, true, List.of(sample("b", 1), sample("a", 1)));
        assertThat(oracle.faults()).isNotEmpty();
    }

    @Test
    void findsTwoRequestsOfALaneThatAProcessRepeats() {
        oracle.add(1, true, List.of(sample("a", 1), sample("b", 1), sample("a", 2)));
        oracle.add(1, true, List.of(sample("c", 1)));
        oracle.add(1, true, List.of(sample("a", 3)));
        oracle.add(2, true, List.of(sample("a", 1), sample("b", 1), sample("a", 2)));
        oracle.add(2, true, List.of(sample("c", 1)));
        assertThat(oracle.faults()).isEmpty();
        oracle.add(2, true, List.of(sample("a", 3)));
        assertThat(oracle.faults()).singleElement().asString().contains("process 2 repeats requests 1 and 3");
    }

    @Test
    void findsWhatIsOutOfOrder() {
        oracle.add(1, true, List.of(sample("a", 2)));
        oracle.add(1, true, List.of(sample("a", 1)));
        assertThat(oracle.faults()).singleElement().asString().contains("out of order");
    }

    @Test
    void findsWhatWasNeverSent() {
        oracle.add(1, true, List.of(sample("a", 100)));
        assertThat(oracle.faults()).singleElement().asString().contains("invented");
    }

    @Test
    void findsWhatIsMissingAndTorn() {
        oracle.add(1, true, List.of(sample("a", 1), sample("b", 1), sample("a", 2)));
        oracle.add(1, false, List.of(sample("b", 2)));
        assertThat(oracle.missing("client", 2, pages(1, 2, 3))).containsExactly(2, 3);
        assertThat(oracle.torn("client", 2, 3)).containsExactly(2);
    }

    private static BitSet pages(int... numbers) {
        BitSet pages = new BitSet();
        for (int number : numbers) {
            pages.set(number);
        }
        return pages;
    }

    private static Sample sample(String series, long page) {
        return new Sample(
                "__name__=\"numbered_page\",instance=\"client\",series=\"" + series + "\"",
                page,
                Double.doubleToRawLongBits((double) page));
    }
}

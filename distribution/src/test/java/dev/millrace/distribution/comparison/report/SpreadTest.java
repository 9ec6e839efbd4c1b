package dev.millrace.distribution.comparison.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SpreadTest {
    @Test
    void takesTheMiddleOfAnOddNumber() {
        assertThat(Spread.of(5, 1, 2)).isEqualTo(new Spread(2, 1, 5));
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(Spread.of(4, 1, 2, 10)).isEqualTo(new Spread(3, 1, 10));
    }

    @Test
    void showsTheLeastAndTheMostWhereTheyDiffer() {
        assertThat(Spread.of(1, 2, 4).text(Figure.CPU::text)).isEqualTo("2.00 (1.00-4.00)");
        assertThat(Spread.of(2, 2).text(Figure.CPU::text)).isEqualTo("2.00");
    }
}

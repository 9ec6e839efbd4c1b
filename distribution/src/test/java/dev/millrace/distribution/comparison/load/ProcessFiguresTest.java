package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class ProcessFiguresTest {
    @Test
    void addsTheTimesOfTheProcessAndOfItsChildren() {
        String stat = "4711 (a name) R 1) S 1 4711 4711 0 -1 4194304 100 200 0 0 1234 56 7 8 20 0 12 0 99 1 2\n";
        String status = "Name:\tx\nVmPeak:\t 900000 kB\nVmHWM:\t  123456 kB\nVmRSS:\t  100000 kB\n";
        ProcessFigures figures = ProcessFigures.parse(stat, status);
        assertThat(figures.cpuSeconds()).isCloseTo(13.05, within(1e-9));
        assertThat(figures.peakBytes()).isEqualTo(123456L * 1024);
        assertThat(figures.residentBytes()).isEqualTo(100000L * 1024);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void readsThoseOfThisProcess() throws IOException {
        ProcessFigures figures = ProcessFigures.of(ProcessHandle.current().pid());
        assertThat(figures.cpuSeconds()).isPositive();
        assertThat(figures.peakBytes()).isGreaterThan(1 << 20);
    }
}

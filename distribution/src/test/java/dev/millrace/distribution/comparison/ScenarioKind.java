package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.Fault;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.OtlpProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of scenario, with what it does where nothing else is asked for. */
enum ScenarioKind {
    /** What a sample costs. */
    STEADY(5, 60, 40) {
        @Override
        List<Scenario> parts(Settings settings) {
            return List.of(SteadyScenario.of(settings.load(), settings.warmUp(), settings.window()));
        }
    },
    /** What comes of a receiver that fails, in each of several ways. */
    OUTAGE(5, 20, 60) {
        @Override
        List<Scenario> parts(Settings settings) {
            return settings.faults().stream()
                    .<Scenario>map(fault -> outage(settings, fault, Optional.empty()))
                    .toList();
        }
    },
    /** What comes of a kill -9 in the middle of an outage. */
    KILL(5, 20, 60) {
        @Override
        List<Scenario> parts(Settings settings) {
            return List.of(
                    outage(settings, Fault.DOWN, Optional.of(settings.window().dividedBy(2))));
        }
    },
    /** How fast a backlog is delivered, and at what cost: ten minutes of scrapes every 5 s, made in two. */
    DRAIN(1, 20, 120) {
        @Override
        List<Scenario> parts(Settings settings) {
            return List.of(new DrainScenario(settings.load(), settings.warmUp(), settings.window()));
        }
    },
    /** How cost grows with the series, at the same number of samples a second. */
    SCALE(1, 60, 40) {
        @Override
        List<Scenario> parts(Settings settings) {
            return settings.sizes().stream()
                    .<Scenario>map(size -> size(settings, size))
                    .toList();
        }
    },
    /** What comes of many reloads. */
    RELOAD(5, 20, 60) {
        @Override
        List<Scenario> parts(Settings settings) {
            return List.of(new ReloadScenario(settings.load(), settings.warmUp(), settings.window(), settings.every()));
        }
    },
    /** What a data point of OTLP costs that is pushed; 500 processes with 200 data points. */
    OTLP(10, 60, 60, 500, 200) {
        @Override
        List<Scenario> parts(Settings settings) {
            return settings.otlp().stream()
                    .<Scenario>map(protocol ->
                            new OtlpScenario(settings.load(), protocol, settings.warmUp(), settings.window()))
                    .toList();
        }
    },
    /** Whether many targets are all scraped in time, in memory that does not grow. */
    TARGETS(60, 120, 240, 10_000, 100) {
        @Override
        List<Scenario> parts(Settings settings) {
            return List.of(new TargetsScenario(settings.load(), settings.warmUp(), settings.window()));
        }
    };

    /** Samples a second of the loads of {@link #SCALE}. */
    private static final double RATE = 20_000;

    private final Duration interval;
    private final Duration warmUp;
    private final Duration window;
    private final int targets;
    private final int series;

    ScenarioKind(int interval, int warmUp, int window) {
        this(interval, warmUp, window, 100, 1000);
    }

    ScenarioKind(int interval, int warmUp, int window, int targets, int series) {
        this.targets = targets;
        this.series = series;
        this.interval = Duration.ofSeconds(interval);
        this.warmUp = Duration.ofSeconds(warmUp);
        this.window = Duration.ofSeconds(window);
    }

    /**
     * What a scenario is made of.
     *
     * @param load the load; of {@link #SCALE}, the series of a target and the seed
     * @param faults of {@link #OUTAGE}, the faults one after the other
     * @param sizes of {@link #SCALE}, how many series there are, one number after the other
     * @param every of {@link #RELOAD}, the time between two reloads
     * @param otlp of {@link #OTLP}, the protocols, one after the other
     */
    record Settings(
            Load load,
            Duration warmUp,
            Duration window,
            List<Fault> faults,
            List<Integer> sizes,
            Duration every,
            List<OtlpProtocol> otlp) {}

    /** The scenario, in parts that are played one after the other. */
    abstract List<Scenario> parts(Settings settings);

    int targets() {
        return targets;
    }

    int series() {
        return series;
    }

    Duration interval() {
        return interval;
    }

    Duration warmUp() {
        return warmUp;
    }

    Duration window() {
        return window;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Scenario outage(Settings settings, Fault fault, Optional<Duration> kill) {
        return new OutageScenario(settings.load(), fault, settings.warmUp(), settings.window(), kill);
    }

    /** With at least three scrapes before the window, and three in it. */
    private static Scenario size(Settings settings, int size) {
        int series = Math.min(size, settings.load().series());
        int targets = (size + series - 1) / series;
        Duration interval = Duration.ofMillis(Math.round(targets * series / RATE * 1000));
        Load load = new Load(targets, series, interval, settings.load().seed());
        return SteadyScenario.ofSize(load, longer(settings.warmUp(), interval), longer(settings.window(), interval));
    }

    private static Duration longer(Duration time, Duration interval) {
        Duration scrapes = interval.multipliedBy(3);
        return time.compareTo(scrapes) > 0 ? time : scrapes;
    }
}

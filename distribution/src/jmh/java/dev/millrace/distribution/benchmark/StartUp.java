package dev.millrace.distribution.benchmark;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.ClassArchive;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a start takes, beside an empty server of Netty on the same Java: from the start of the process until it
 * listens, and until it has asked a target for its first page. The three take turns, so that all have the machine as it
 * is.
 */
public final class StartUp {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path FOLDER = Path.of("target/start-up").toAbsolutePath();

    private final String java;
    private final NumberedTarget target = NumberedTarget.start(10);

    private StartUp(String java) {
        this.java = java;
    }

    /** Takes the number of rounds and the homes of some Javas; else 15 rounds with the Java that runs this. */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        List<String> javas = arguments.length > 1
                ? Arrays.asList(arguments).subList(1, arguments.length)
                : List.of(System.getProperty("java.home"));
        for (String java : javas) {
            new StartUp(java).measure(rounds);
        }
        System.exit(0);
    }

    private void measure(int rounds) throws IOException {
        Files.createDirectories(FOLDER);
        Path folder = Files.createTempDirectory(FOLDER, "run");
        Millrace plain = millrace(folder.resolve("plain"), "off");
        Millrace shared = millrace(folder.resolve("shared"), "on");
        ClassArchive.make(shared);
        List<Start> empty = new ArrayList<>();
        List<Start> without = new ArrayList<>();
        List<Start> with = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            empty.add(emptyServer(folder));
            without.add(start(plain));
            with.add(start(shared));
        }
        System.out.printf("%n%s, %d rounds: ratio, median and (least) in ms%n", java, rounds);
        System.out.println("| | listening | first scrape | CPU ms until then |\n| --- | --- | --- | --- |");
        print("empty Netty server", empty, empty);
        print("Millrace without an archive", without, empty);
        print("Millrace with an archive", with, empty);
        breakdown(folder, rounds).print();
        System.out.println(ClassTimes.header());
        System.out.println(classes(plain).row("without an archive"));
        System.out.println(classes(shared).row("with an archive"));
    }

    private ClassTimes classes(Millrace millrace) throws IOException {
        long pages = target.pages();
        millrace.launch();
        until(System.nanoTime(), () -> target.pages() > pages);
        ClassTimes times = ClassTimes.of(java, millrace.process().pid());
        millrace.stop();
        return times;
    }

    private StartBreakdown breakdown(Path folder, int rounds) throws IOException {
        Path log = folder.resolve("classes.log");
        Millrace logged = millrace(
                folder.resolve("shared"),
                Map.of(
                        "MILLRACE_JAVA_HOME",
                        java,
                        "MILLRACE_CLASS_SHARING",
                        "on",
                        "MILLRACE_JAVA_OPTIONS",
                        StartBreakdown.options(log)));
        StartBreakdown breakdown = new StartBreakdown();
        for (int i = 0; i < rounds; i++) {
            double scraping = start(logged).scraping();
            breakdown.add(log, scraping);
        }
        return breakdown;
    }

    private Millrace millrace(Path folder, String sharing) {
        return millrace(folder, Map.of("MILLRACE_JAVA_HOME", java, "MILLRACE_CLASS_SHARING", sharing));
    }

    private Millrace millrace(Path folder, Map<String, String> environment) {
        return Millrace.in(folder, Millrace.HOME, environment)
                .pipeline(
                        "start",
                        """
                        inputs:
                          - Type: input_prometheus
                            ScrapeConfigs:
                              - job_name: start
                                scrape_interval: 50ms
                                scrape_timeout: 50ms
                                static_configs:
                                  - targets: ['%s']
                        flushers:
                          - Type: flusher_stdout
                        """
                                .formatted(target.address()));
    }

    private Start start(Millrace millrace) {
        long pages = target.pages();
        long begin = System.nanoTime();
        millrace.launch();
        Path address = millrace.data().resolve("admin.address");
        double listening = until(begin, () -> Files.exists(address));
        double scraping = until(begin, () -> target.pages() > pages);
        double cpu = cpuMillis(millrace.process());
        millrace.stop();
        return new Start(listening, scraping, cpu);
    }

    private Start emptyServer(Path folder) throws IOException {
        StringBuilder classPath = new StringBuilder(
                Path.of("target/test-classes").toAbsolutePath().toString());
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Millrace.HOME.resolve("lib"), "netty-*.jar")) {
            jars.forEach(jar -> classPath.append(':').append(jar));
        }
        int port = Ports.free();
        long begin = System.nanoTime();
        try (ChildProcess server = ChildProcess.start(
                "empty server",
                folder,
                Map.of(),
                List.of(
                        java + "/bin/java",
                        "-Xms16m",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-Xss512k",
                        "-cp",
                        classPath.toString(),
                        EmptyServer.class.getName(),
                        Integer.toString(port)))) {
            double listening = until(begin, () -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    return socket.isConnected();
                } catch (IOException e) {
                    return false;
                }
            });
            return new Start(listening, Double.NaN, cpuMillis(server));
        }
    }

    /* Milliseconds from the beginning. */
    private static double until(long begin, Callable<Boolean> condition) {
        try {
            while (!condition.call()) {
                if (System.nanoTime() - begin > LIMIT.toNanos()) {
                    throw new AssertionError("not within " + LIMIT);
                }
                LockSupport.parkNanos(1_000_000);
            }
            return (System.nanoTime() - begin) / 1e6;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static double cpuMillis(ChildProcess process) {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow()
                .toMillis();
    }

    private static void print(String name, List<Start> starts, List<Start> empty) {
        double[] listening = sorted(starts.stream().mapToDouble(Start::listening).toArray());
        double[] scraping = sorted(starts.stream().mapToDouble(Start::scraping).toArray());
        double[] cpu = sorted(starts.stream().mapToDouble(Start::cpu).toArray());
        double least = median(sorted(empty.stream().mapToDouble(Start::listening).toArray()));
        System.out.printf(
                Locale.ROOT,
                "| %-27s | %s | %s | %4.0f |%n",
                name,
                cell(listening, least),
                Double.isNaN(scraping[0]) ? "" : cell(scraping, least),
                median(cpu));
    }

    private static String cell(double[] sorted, double unit) {
        return String.format(
                Locale.ROOT, "%.2f: %.0f (%.0f)", median(sorted) / unit, median(sorted), sorted[0]);
    }

    private static double[] sorted(double[] values) {
        Arrays.sort(values);
        return values;
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    /**
     * One start.
     *
     * @param listening milliseconds until it listens
     * @param scraping milliseconds until its first scrape; NaN for a program that does not scrape
     * @param cpu milliseconds of processor time until then
     */
    private record Start(double listening, double scraping, double cpu) {}
}

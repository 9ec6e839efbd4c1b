package dev.millrace.distribution.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Millrace as a user runs it: {@code bin/millrace run} of the unpacked tarball, with folders of configuration and data
 * of its own, on a free admin port. While it runs, {@code /metrics} is looked at again and again, and {@link #close} fails where
 * the equations did not hold.
 */
public final class Millrace implements AutoCloseable {
    /** The unpacked tarball; a property names it where tests do not run in the folder of their module. */
    public static final Path HOME = Path.of(System.getProperty("millrace.distribution", "target/millrace"))
            .toAbsolutePath();

    private final Path home;
    private final Path folder;
    private final Map<String, String> environment;
    private final EquationsWatch equations;
    private boolean watched = true;
    private ChildProcess process;
    private boolean ready;
    private boolean pageExpected;

    private Millrace(Path home, Path folder, Map<String, String> environment) {
        this.home = home;
        this.folder = folder;
        this.environment = environment;
        this.equations = EquationsWatch.over(this::conf, this::data);
    }

    /**
     * An instance in an empty folder, not started yet, without pipelines. It makes no archive of classes, which would cost
     * each test some seconds of a core.
     */
    public static Millrace in(Path folder) {
        return in(folder, HOME, Map.of("MILLRACE_CLASS_SHARING", "off"));
    }

    /** An instance of the distribution in {@code home}, with environment variables. */
    public static Millrace in(Path folder, Path home, Map<String, String> environment) {
        try {
            Files.createDirectories(folder.resolve("conf/pipelines"));
            Files.writeString(folder.resolve("conf/millrace.yaml"), "Admin:\n  Address: 127.0.0.1:0\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Millrace(home, folder, environment);
    }

    /** Nobody looks at {@code /metrics}, which would take processor time of the process. */
    public Millrace unwatched() {
        watched = false;
        return this;
    }

    /** Writes a pipeline's file, at once and whole. */
    public Millrace pipeline(String name, String yaml) {
        try {
            Path draft = Files.writeString(folder.resolve(name + ".draft"), yaml);
            Files.move(
                    draft,
                    conf().resolve("pipelines/" + name + ".yaml"),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The folder of configuration. */
    public Path conf() {
        return folder.resolve("conf");
    }

    /** The folder of data. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Starts it, without waiting for anything. */
    public Millrace launch(String... more) {
        if (process != null) {
            endLife(true);
        }
        try {
            Files.deleteIfExists(data().resolve("admin.address"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/millrace").toString(),
                "run",
                "--conf",
                conf().toString(),
                "--data",
                data().toString()));
        command.addAll(List.of(more));
        process = ChildProcess.start("millrace", folder, environment, command);
        if (watched) {
            equations.begin();
        }
        return this;
    }

    /** Starts it and waits until it is ready. */
    public Millrace start(String... more) {
        launch(more);
        Await.until(
                "millrace is ready",
                Duration.ofSeconds(60),
                () -> !process.alive() || isReady(),
                () -> String.join("\n", lines()));
        if (!process.alive()) {
            throw new AssertionError("millrace ended:\n" + String.join("\n", lines()));
        }
        ready = true;
        return this;
    }

    /** Whether each pipeline runs or is reported as failed. */
    public boolean isReady() throws IOException {
        return Web.get(admin() + "/-/ready").statusCode() == 200;
    }

    /** The URI of the admin address, without a slash at its end. */
    public String admin() throws IOException {
        return "http://" + Files.readString(data().resolve("admin.address")).strip();
    }

    /** What {@code /metrics} says at this moment. */
    public MetricsPage metrics() throws IOException {
        return MetricsPage.parse(Web.get(admin() + "/metrics").body());
    }

    /** The names of all metrics that {@code /metrics} has a {@code # TYPE} line for. */
    public Set<String> metricNames() throws IOException {
        return Web.get(admin() + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", 4)[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The data folder is no longer what it left behind: what was counted before the next start is not expected after it. */
    public void dataChanged() {
        equations.forget();
    }

    /** The lines of its log. */
    public List<String> lines() {
        return process.lines();
    }

    /** The process. */
    public ChildProcess process() {
        return process;
    }

    /** Stops it as a service manager does, and returns the exit code. */
    public int stop() {
        endLife(false);
        return process.terminate(Duration.ofSeconds(30));
    }

    /** Ends it with {@code kill -9}. */
    public void kill() {
        endLife(true);
        process.kill();
    }

    /** The last look finds a page at least where the process is still as {@link #start} left it. */
    private void endLife(boolean byKill) {
        pageExpected |= watched && ready && process.alive();
        ready = false;
        equations.end(byKill);
    }

    @Override
    public void close() {
        if (process != null) {
            endLife(true);
            process.close();
            if (pageExpected) {
                equations.verifySeen();
            } else {
                equations.verify();
            }
        }
    }
}

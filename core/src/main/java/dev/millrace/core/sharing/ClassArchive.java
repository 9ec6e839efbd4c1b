package dev.millrace.core.sharing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive of classes in {@code DATA/cache}, which the JVM maps at a start in place of reading the jars.
 *
 * <p>The launcher chooses its name, which depends on the Java and the jars, and has the JVM use it where it exists. Where
 * it does not, the JVM lists the classes that it loads in a temporary file, and when the collector has run for a while, a
 * child process of low priority makes the archive of them: so it holds what this configuration uses, and neither start
 * nor stop takes longer. It appears under its name at once and whole. The JVM compares it with the jars and itself, and
 * does without it where they differ; it is then deleted, as are all those of other names, and the next start makes a new
 * one.
 *
 * <pre>
 * classes-KEY-SIZE.jsa   the archive, with its size in bytes: the launcher passes over one that was cut short
 * classes-KEY.PID.new    the archive while process PID has it made
 * </pre>
 *
 * <p>Whatever goes wrong here is logged and has no other effect.
 */
public final class ClassArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Path prefix;
    private final @Nullable Path list;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;

    private ClassArchive(Path prefix, @Nullable Path list) {
        this.prefix = prefix;
        this.list = list;
    }

    /**
     * The archive that the launcher names, or null where it names none.
     *
     * <p>System property {@code millrace.archive} is its path up to the key; {@code millrace.archive.list} the path of the
     * list of classes, where the archive is to be made.
     */
    public static @Nullable ClassArchive ofLauncher() {
        String prefix = System.getProperty("millrace.archive");
        String list = System.getProperty("millrace.archive.list");
        return prefix == null ? null : new ClassArchive(Path.of(prefix), list == null ? null : Path.of(list));
    }

    /** Makes the archive where it is to be made, and deletes what is out of date, later and on a thread of its own. */
    public void keep() {
        Thread keeper = new Thread(this::settle, "class archive");
        keeper.setDaemon(true);
        keeper.start();
        thread = keeper;
    }

    private void settle() {
        try {
            if (closed.await(SETTLED.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            if (list != null) {
                make(list);
            } else if (inUse()) {
                deleteAllBut(prefix.getFileName() + "-");
            } else {
                LOG.info(
                        "{}-*.jsa: damaged, or of no use to this JVM; deleted, and the next start makes another",
                        prefix);
                deleteAllBut(null);
            }
        } catch (IOException e) {
            LOG.info("no archive of classes, starts stay slower: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean inUse() {
        return System.getProperty("java.vm.info", "").contains("sharing");
    }

    private void make(Path classes) throws IOException, InterruptedException {
        Files.createDirectories(prefix.resolveSibling("."));
        Path draft = prefix.resolveSibling(
                prefix.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            if (dump(classes, draft)) {
                try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.READ)) {
                    channel.force(true);
                }
                Path archive = prefix.resolveSibling(prefix.getFileName() + "-" + Files.size(draft) + ".jsa");
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
                LOG.debug("{}: made; the next start is faster", archive);
                deleteAllBut(archive.getFileName().toString());
            }
        } finally {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(classes);
        }
    }

    /* Returns whether the archive was made; false when the collector stops. */
    private boolean dump(Path classes, Path draft) throws IOException, InterruptedException {
        Process dump = new ProcessBuilder(DumpCommand.of(classes, draft))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            while (!dump.waitFor(200, TimeUnit.MILLISECONDS)) {
                if (closed.getCount() == 0) {
                    return false;
                }
            }
        } finally {
            dump.destroyForcibly();
        }
        if (dump.exitValue() != 0 || !Files.exists(draft)) {
            throw new IOException("java -Xshare:dump ended with " + dump.exitValue());
        }
        return true;
    }

    private void deleteAllBut(@Nullable String beginning) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(prefix.resolveSibling("."), "classes-*")) {
            for (Path file : files) {
                if (beginning == null || !file.getFileName().toString().startsWith(beginning)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Stops what goes on here. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Thread keeper = thread;
            if (keeper != null) {
                keeper.join(STOP_LIMIT.toMillis());
            }
            if (list != null) {
                Files.deleteIfExists(list);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("{}: not deleted: {}", list, e.toString());
        }
    }
}

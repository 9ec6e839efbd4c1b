package dev.millrace.distribution.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM on Linux holds after a full collection.
 *
 * @param heapBytes the heap in use
 * @param objects how many objects there are of each class of Millrace and its plugins; lambdas count by their class
 * @param metaspaceBytes the metaspace in use
 * @param threads the threads by name, digits left out
 * @param files the open files by what they are, digits left out
 */
public record Footprint(
        long heapBytes,
        Map<String, Integer> objects,
        long metaspaceBytes,
        Map<String, Integer> threads,
        Map<String, Integer> files) {
    private static final Pattern OBJECTS = Pattern.compile(" *\\d+: +(\\d+) +\\d+ +(dev\\.millrace\\.\\S+).*");
    private static final Path TOOLS = Path.of(System.getProperty("java.home"), "bin");

    /** The footprint of a process at this moment. */
    public static Footprint of(long pid) throws IOException {
        Map<String, Integer> objects = objectsOf(pid);
        List<String> lines = tool("jstat", "-gc", Long.toString(pid));
        List<String> names = List.of(lines.get(0).strip().split("\\s+"));
        String[] values = lines.get(1).strip().split("\\s+");
        long heap = 0;
        for (String used : List.of("S0U", "S1U", "EU", "OU")) {
            heap += kilobytes(values[names.indexOf(used)]);
        }
        return new Footprint(
                heap << 10, objects, kilobytes(values[names.indexOf("MU")]) << 10, threadsOf(pid), filesOf(pid));
    }

    /* The histogram begins with a full collection. */
    private static Map<String, Integer> objectsOf(long pid) {
        Map<String, Integer> objects = new TreeMap<>();
        for (String line : tool("jcmd", Long.toString(pid), "GC.class_histogram")) {
            Matcher matcher = OBJECTS.matcher(line);
            if (matcher.matches()) {
                objects.merge(
                        matcher.group(2).replaceAll("\\$\\$Lambda.*", "'s lambdas"),
                        Integer.parseInt(matcher.group(1)),
                        Integer::sum);
            }
        }
        return objects;
    }

    private static long kilobytes(String text) {
        return (long) Double.parseDouble(text);
    }

    private static Map<String, Integer> threadsOf(long pid) {
        Map<String, Integer> threads = new TreeMap<>();
        for (String line : tool("jcmd", Long.toString(pid), "Thread.print")) {
            if (line.startsWith("\"")) {
                threads.merge(line.substring(1, line.indexOf('"', 1)).replaceAll("\\d+", ""), 1, Integer::sum);
            }
        }
        return threads;
    }

    private static Map<String, Integer> filesOf(long pid) throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path file : all) {
                try {
                    files.merge(Files.readSymbolicLink(file).toString().replaceAll("\\d+", ""), 1, Integer::sum);
                } catch (NoSuchFileException closedMeanwhile) {
                    // it is not open any more, so it does not count
                }
            }
        }
        return files;
    }

    private static List<String> tool(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(TOOLS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        Commands.Result result = Commands.run(Map.of(), command);
        if (result.exitCode() != 0) {
            throw new AssertionError(command + " failed: " + result.errors());
        }
        return result.output();
    }

    /** How many objects more there are than there were, of each class whose name begins so. */
    public Map<String, Integer> moreObjectsThan(Footprint before, List<String> beginnings) {
        Map<String, Integer> more = new TreeMap<>();
        objects.forEach((name, count) -> {
            if (beginnings.stream().anyMatch(name::startsWith)) {
                more.put(name, count - before.objects.getOrDefault(name, 0));
            }
        });
        return more;
    }

    /** All threads. */
    public int threadCount() {
        return threads.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** All open files, sockets among them. */
    public int fileCount() {
        return files.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return "heap " + (heapBytes >> 10) + " KiB, metaspace " + (metaspaceBytes >> 10) + " KiB, " + threadCount()
                + " threads, " + fileCount() + " files";
    }
}

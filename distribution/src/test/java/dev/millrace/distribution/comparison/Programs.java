package dev.millrace.distribution.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The programs that were asked for: those that can be had, and why the others cannot.
 *
 * @param present in the order in which they were asked for
 * @param leftOut a sentence for each that is not there
 */
record Programs(List<Program> present, List<String> leftOut) {
    Programs {
        present = List.copyOf(present);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Finds programs.
     *
     * @param peers names of programs of others, or {@code none}, or {@code all}
     * @param millraces names of Millraces, each alone or with the folder of its tarball behind a {@code =}
     * @throws IllegalArgumentException if there is no such name
     */
    static Programs named(List<String> peers, List<String> millraces) {
        List<Program> wanted = new ArrayList<>();
        for (String name : peers) {
            switch (name) {
                case "none" -> {}
                case "all" ->
                    PeerPrograms.all().stream()
                            .filter(peer -> hasOneRelease(peer.name()))
                            .forEach(wanted::add);
                default -> wanted.add(peer(name));
            }
        }
        millraces.stream().map(Programs::millrace).forEach(wanted::add);
        List<String> names = wanted.stream().map(Program::name).toList();
        names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(name + ": named twice (expected: once)");
                });
        return new Programs(
                wanted.stream().filter(program -> program.missing().isEmpty()).toList(),
                wanted.stream()
                        .map(program -> program.missing().map(reason -> program.name() + ": " + reason))
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Those to which OTLP can be pushed. */
    Programs takingOtlp() {
        List<String> without = new ArrayList<>(leftOut);
        present.stream()
                .filter(program -> !program.takesOtlp())
                .forEach(program -> without.add(program.name() + ": OTLP is not pushed to it here"));
        return new Programs(present.stream().filter(Program::takesOtlp).toList(), without);
    }

    /** Whether a name says which release it is, so that with all others none is there twice. */
    private static boolean hasOneRelease(String name) {
        return !name.equals("vmagent") && !name.equals("prometheus");
    }

    private static Program peer(String name) {
        return PeerPrograms.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--peers: " + name + " (expected: none, all, or of "
                        + PeerPrograms.all().stream().map(Program::name).collect(Collectors.joining(", ")) + ")"));
    }

    private static Program millrace(String text) {
        int at = text.indexOf('=');
        return at < 0
                ? new MillraceProgram(text, new MillraceProgram().home())
                : new MillraceProgram(
                        text.substring(0, at), Path.of(text.substring(at + 1)).toAbsolutePath());
    }
}

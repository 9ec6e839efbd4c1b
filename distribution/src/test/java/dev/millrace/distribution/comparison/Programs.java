package dev.millrace.distribution.comparison;

import java.util.List;
import java.util.stream.Collectors;

/** The programs that can be measured. */
final class Programs {
    private static final List<Program> ALL = List.of(
            PeerProgram.vmagent("newer", ""),
            PeerProgram.vmagent("stable", ""),
            new MillraceProgram(),
            PeerProgram.prometheus("newer", "--agent"),
            PeerProgram.prometheus("stable", "--enable-feature=agent"));

    private Programs() {}

    /** Those with the given names, in this order; {@code all} is all that are on this machine. */
    static List<Program> named(List<String> names) {
        if (names.equals(List.of("all"))) {
            return ALL.stream().filter(Program::isThere).toList();
        }
        return names.stream().map(Programs::named).toList();
    }

    private static Program named(String name) {
        Program program = ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("comparison.programs: " + name + " (expected: all, or of "
                                + ALL.stream().map(Program::name).collect(Collectors.joining(", ")) + ")"));
        if (!program.isThere()) {
            throw new IllegalArgumentException("comparison.programs: " + name
                    + " is not in the folder that -Dmillrace.peers names; .ci/peers FOLDER brings it along, -stable without -newer"
                    + " where Debian's next suite is out of reach");
        }
        return program;
    }
}

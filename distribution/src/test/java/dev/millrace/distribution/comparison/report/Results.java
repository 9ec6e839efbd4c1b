package dev.millrace.distribution.comparison.report;

import java.util.List;

/**
 * What came of a scenario.
 *
 * @param scenario its name
 * @param description how it was run, in sentences
 * @param machine on what, and when
 * @param programs all that had a turn; ratios are to the first one
 * @param parts in their order
 * @param leftOut sentences that say what is not there, and why
 */
public record Results(
        String scenario,
        String description,
        String machine,
        List<Contestant> programs,
        List<Part> parts,
        List<String> leftOut) {
    public Results {
        programs = List.copyOf(programs);
        parts = List.copyOf(parts);
        leftOut = List.copyOf(leftOut);
    }

    /** The program that ratios are to. */
    Contestant first() {
        return programs.get(0);
    }
}

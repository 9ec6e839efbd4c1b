package dev.millrace.distribution.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables of {@code docs/remote-write.md}: a sentence in each row, and the test that shows it. */
final class ComplianceTable {
    private static final Path PAGE = Path.of("docs/remote-write.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| “(.+?)” \\| `([A-Za-z0-9]+IT)#([A-Za-z0-9]+)` \\| (.*?) ?\\|$");
    private static final Pattern QUOTED = Pattern.compile("(?m)^\\| “.*$");

    private ComplianceTable() {}

    /** A sentence, the class and the method of its test, and a remark, which may be empty. */
    record Row(String sentence, String type, String test, String note) {}

    /** All rows; fails where a line looks like one and is none. */
    static List<Row> rows() {
        String page;
        try {
            page = Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Row> rows = ROW.matcher(page)
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4)))
                .toList();
        List<String> lines =
                QUOTED.matcher(page).results().map(MatchResult::group).toList();
        if (lines.size() != rows.size()) {
            throw new AssertionError(PAGE + ": not a row of sentence, `Test#method` and note: "
                    + lines.stream()
                            .filter(line -> !ROW.matcher(line).matches())
                            .toList());
        }
        return rows;
    }
}

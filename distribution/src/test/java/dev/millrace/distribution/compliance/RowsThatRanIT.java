package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The table of sentences against what the build reports of its integration tests: each row's test ran, and passed or failed
 * there. The build runs this class by itself, behind all others, where it was not asked for some of them only.
 */
final class RowsThatRanIT {
    private static final Path REPORTS = Path.of("target/failsafe-reports");
    private static final Instant BUILD_STARTED =
            Instant.parse(System.getProperty("build.started", "1970-01-01T00:00:00Z"));

    private final Map<String, Set<String>> ran = new TreeMap<>();

    @Test
    void everyRowOfTheTableWasRun() {
        Set<String> missing = new TreeSet<>();
        for (ComplianceTable.Row row : ComplianceTable.rows()) {
            if (!ran.computeIfAbsent(row.type(), RowsThatRanIT::report).contains(row.test())) {
                missing.add(row.type() + "#" + row.test());
            }
        }
        assertThat(missing)
                .as("rows of remote-write.md whose test is missing or skipped")
                .isEmpty();
    }

    /* The tests of a class that ran in this build. */
    private static Set<String> report(String type) {
        Path file = REPORTS.resolve("TEST-" + RowsThatRanIT.class.getPackageName() + "." + type + ".xml");
        Set<String> names = new TreeSet<>();
        try {
            if (!Files.exists(file)
                    || Files.getLastModifiedTime(file).toInstant().isBefore(BUILD_STARTED)) {
                return names;
            }
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                if (test.getElementsByTagName("skipped").getLength() == 0) {
                    names.add(test.getAttribute("name"));
                }
            }
            return names;
        } catch (IOException | javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
            throw new AssertionError(file + " can not be read", e);
        }
    }
}

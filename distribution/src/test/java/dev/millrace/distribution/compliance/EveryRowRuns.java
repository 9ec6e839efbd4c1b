package dev.millrace.distribution.compliance;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Fails a class of the compliance table where a row's test was skipped. Where only some tests were asked for, it says nothing. */
final class EveryRowRuns implements TestWatcher, AfterAllCallback {
    private final Set<String> skipped = ConcurrentHashMap.newKeySet();

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        skip(context);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        skip(context);
    }

    private void skip(ExtensionContext context) {
        context.getTestMethod().ifPresent(method -> skipped.add(method.getName()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String type = context.getRequiredTestClass().getSimpleName();
        Set<String> missing = new TreeSet<>();
        ComplianceTable.rows().stream()
                .filter(row -> row.type().equals(type) && skipped.contains(row.test()))
                .forEach(row -> missing.add(row.test()));
        if (!missing.isEmpty()) {
            throw new AssertionError("tests of rows in remote-write.md were skipped: " + missing);
        }
    }
}

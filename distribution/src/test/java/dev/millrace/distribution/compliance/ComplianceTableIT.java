package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.util.AnnotationUtils;

/** The table of sentences against the tests that it names. */
final class ComplianceTableIT {
    private static final List<Class<?>> TESTS =
            List.of(Version1IT.class, Version2IT.class, AutomaticVersionIT.class, OutcomeIT.class);

    @Test
    void everyRowNamesATestThatRuns() {
        assertThat(ComplianceTable.rows()).hasSizeGreaterThan(60).allSatisfy(row -> {
            Class<?> type = TESTS.stream()
                    .filter(one -> one.getSimpleName().equals(row.type()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no class " + row.type()));
            assertThat(tests(type).filter(method -> method.getName().equals(row.test())))
                    .as("%s#%s", row.type(), row.test())
                    .singleElement()
                    .satisfies(method -> assertThat(AnnotationUtils.isAnnotated(method, Disabled.class))
                            .isFalse());
            assertThat(AnnotationUtils.isAnnotated(type, Tag.class)).isFalse();
        });
    }

    @Test
    void everyTestIsInTheTable() {
        for (Class<?> type : TESTS) {
            assertThat(ComplianceTable.rows().stream()
                            .filter(row -> row.type().equals(type.getSimpleName()))
                            .map(ComplianceTable.Row::test))
                    .as(type.getSimpleName())
                    .containsAll(tests(type).map(Method::getName).toList());
        }
    }

    private static Stream<Method> tests(Class<?> type) {
        return Stream.<Class<?>>iterate(type, one -> one != Object.class, Class::getSuperclass)
                .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
                .filter(method -> AnnotationUtils.isAnnotated(method, Test.class));
    }
}

package dev.millrace.core.delivery;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ModelTest} has found, shrunk. What is mended also has a test of its own, because steps may change. */
final class ModelRegressionTest {
    /*
     * 1: the segments 285 and 285-1, of which the later was empty, were trimmed up to the last, 285-1; the next one was
     *    named 285 again, and lost what was in it to 285-1 when the journal was opened.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "setup:-1155869325 append:-258276172 append:-985540886 fault:600276151 append:-836540342"
                        + " append:-1099578295 append:609982904 append:2069007352 fault:-1956122223 append:-1617640095"
                        + " append:793310972 append:1855455376 append:-1492601190 append:-67333094 fault:887930872"
                        + " pass:1609107348 append:1990072188 restart:-2129721489 stop:966463784 heal:-843451650"
                        + " cut_power:-703021893 append:-755996415 kill:531163870"
            })
    void keepsEveryPromise(String operations) {
        ModelRun.run(ModelOperation.parse(operations));
    }
}

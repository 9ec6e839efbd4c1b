package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline of {@code from-ilogtail.md}: what is said of it before, and that it is valid after. */
final class MovingFromILogtailIT {
    @TempDir
    Path folder;

    private String document;

    @BeforeEach
    void read() throws IOException {
        document = Files.readString(Path.of("docs/from-ilogtail.md"));
    }

    @Test
    void whatDiffersIsSaidWithItsLine() {
        Commands.Result result = validate(block("yaml before"));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors())
                .isEqualTo(block("text")
                        .replace("conf/", folder.resolve("conf") + "/")
                        .lines()
                        .toList());
    }

    @Test
    void afterTheMoveItIsValid() {
        Commands.Result result = validate(block("yaml"));
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private Commands.Result validate(String pipeline) {
        Millrace millrace = Millrace.in(folder).pipeline("web", pipeline);
        return Commands.millrace("validate", "--conf", millrace.conf().toString());
    }

    /** The only block of a kind. */
    private String block(String kind) {
        Matcher blocks = Pattern.compile("(?ms)^```" + kind + "\n(.*?)^```$").matcher(document);
        List<String> found = blocks.results().map(block -> block.group(1)).toList();
        assertThat(found).as("blocks of %s", kind).hasSize(1);
        return found.get(0);
    }
}

package dev.millrace.distribution.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Supplier;

/**
 * The pages of metrics at the admin address that is in a data folder. Each start writes that file anew, so it tells one life of
 * the process from another.
 */
final class AdminPages implements EquationsWatch.Pages {
    private final Supplier<Path> data;

    AdminPages(Supplier<Path> data) {
        this.data = data;
    }

    /* Not the number of the file: a volume that is repaired and mounted anew has another. */
    private record Life(String address, Object written) {
        static Life of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Life(Files.readString(file).strip(), attributes.lastModifiedTime());
        }
    }

    @Override
    public EquationsWatch.Page get() throws IOException {
        Path file = data.get().resolve("admin.address");
        Life life = Life.of(file);
        HttpResponse<String> answer = Web.get("http://" + life.address + "/metrics");
        if (answer.statusCode() != 200 || !life.equals(Life.of(file))) {
            throw new FileNotFoundException("no page of the life that " + file + " tells");
        }
        return new EquationsWatch.Page(life, MetricsPage.parse(answer.body()));
    }
}

package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void isForItsUserOnly() throws Exception {
        try (DataFolder data = DataFolder.open(parent.resolve("data"))) {
            assertThat(Files.getPosixFilePermissions(data.resolve(".")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aSecondUserIsToldWhoHoldsIt() throws Exception {
        Path folder = parent.resolve("data");
        try (DataFolder data = DataFolder.open(folder)) {
            assertThat(data.resolve("lock")).exists();
            assertThatThrownBy(() -> DataFolder.open(folder))
                    .isInstanceOf(StartException.class)
                    .hasMessage("data folder " + folder + ": in use by process "
                            + ProcessHandle.current().pid() + "; stop it, or choose another folder with --data");
        }
        DataFolder.open(folder).close();
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        Path file = Files.createFile(parent.resolve("data"));
        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(StartException.class)
                .hasMessage("data folder " + file + " is not a folder; --data names another");
        Path loop = Files.createSymbolicLink(parent.resolve("loop"), Path.of("loop"));
        assertThatThrownBy(() -> DataFolder.open(loop))
                .hasMessage("data folder " + loop + " is not a folder; --data names another");
    }

    @Test
    void theAdminAddressIsThereOnlyWhileItIsOpen() throws Exception {
        Path folder = parent.resolve("data");
        try (DataFolder data = DataFolder.open(folder)) {
            data.publishAdminAddress("127.0.0.1:8686");
            assertThat(folder.resolve("admin.address")).hasContent("127.0.0.1:8686");
        }
        assertThat(folder.resolve("admin.address")).doesNotExist();
    }
}

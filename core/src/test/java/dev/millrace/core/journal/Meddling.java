package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Files that do as others do; subclasses do something else. */
public abstract class Meddling implements FileAccess {
    protected final FileAccess files;

    protected Meddling(FileAccess files) {
        this.files = files;
    }

    /** An open file that may do something else than {@code file}. */
    protected OpenFile meddle(Path name, OpenFile file) throws IOException {
        return file;
    }

    @Override
    public OpenFile create(Path file) throws IOException {
        return meddle(file, files.create(file));
    }

    @Override
    public OpenFile openForWriting(Path file) throws IOException {
        return meddle(file, files.openForWriting(file));
    }

    @Override
    public OpenFile open(Path file) throws IOException {
        return files.open(file);
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        return files.list(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        files.delete(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        files.createFolder(folder);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        files.forceFolder(folder);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return files.usableBytes(folder);
    }

    /** An open file that does as another does. */
    public abstract static class MeddlingFile implements OpenFile {
        protected final OpenFile file;

        protected MeddlingFile(OpenFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            file.write(source, position);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

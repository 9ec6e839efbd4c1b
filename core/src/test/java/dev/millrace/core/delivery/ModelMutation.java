package dev.millrace.core.delivery;

import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.FileAccess.OpenFile;
import dev.millrace.core.journal.Forgeries;
import dev.millrace.core.journal.Meddling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A way to break one step that the promises rest on. The product does its part, and the files undo or reorder it. */
enum ModelMutation implements ModelTampering {
    /** Segments are unlinked while the cursors that have passed them are not durable. */
    CURSOR_FORCED_ONLY_ONCE {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return isCursor(name) ? new ForcedOnce(file) : file;
        }
    },

    /** A segment is unlinked first, and the cursor that has passed it is forced when the next segment is created. */
    UNLINKED_BEFORE_THE_CURSOR_IS_FORCED {
        @Override
        public FileAccess apply(FileAccess files) {
            return new LateForces(files);
        }
    },

    /** A batch is acknowledged when it is written, and forced when the next one comes. */
    ACKNOWLEDGED_BEFORE_FORCE {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return isSegment(name) ? new ForcedAtTheNextWrite(file) : file;
        }
    },

    /** Items are acknowledged in a segment whose entry in the folder is not durable. */
    FOLDER_NEVER_FORCED {
        @Override
        public FileAccess apply(FileAccess files) {
            return new Meddling(files) {
                @Override
                public void forceFolder(Path folder) {}
            };
        }
    },

    /** What could not be forced counts as forced. */
    FAILED_FORCE_IGNORED {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return new FailedForces(file, false);
        }
    },

    /** What could not be forced is forced again, which reports success for what is lost. */
    FAILED_FORCE_REPEATED {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return new FailedForces(file, true);
        }
    },

    /** What could not be written counts as written. */
    FAILED_WRITE_IGNORED {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return new Meddling.MeddlingFile(file) {
                @Override
                public void write(ByteBuffer source, long position) {
                    try {
                        file.write(source, position);
                    } catch (IOException e) {
                        source.position(source.limit());
                    }
                }
            };
        }
    },

    /** A request leaves before the cursor that records it is written. */
    SENT_BEFORE_IT_IS_RECORDED {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return isCursor(name) ? new WrittenAtTheNextWrite(file) : file;
        }
    },

    /** A request is done in the stored cursor as soon as it is recorded, before it is delivered. */
    DONE_BEFORE_DELIVERY {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            if (!isCursor(name)) {
                return file;
            }
            return new Meddling.MeddlingFile(file) {
                @Override
                public void write(ByteBuffer source, long position) throws IOException {
                    file.write(Forgeries.withRequestsDone(source), position);
                }
            };
        }
    },

    /** A record whose end a crash has torn off is taken as it is when the journal is opened. */
    TORN_RECORD_KEPT {
        @Override
        OpenFile meddle(Path name, OpenFile file) throws IOException {
            if (isSegment(name) && file.size() > 0) {
                Forgeries.acceptTornRecords(file);
            }
            return file;
        }
    },

    /** New states of components are written without the samples that belong to them. */
    STATE_WITHOUT_ITS_OUTPUT {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return isSegment(name) ? new Rewritten(file, Forgeries::withoutOutput) : file;
        }
    },

    /** Samples are written without the new states of components that belong to them. */
    OUTPUT_WITHOUT_ITS_STATE {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return withoutStates(name, file, Forgeries.States.IN_A_GROUP);
        }
    },

    /** States of components are not carried forward into the next segment. */
    STATES_NOT_CARRIED_FORWARD {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return withoutStates(name, file, Forgeries.States.AT_THE_BEGINNING);
        }
    },

    /** States of components are missing at the end of a sealed segment. */
    STATES_NOT_SEALED {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return withoutStates(name, file, Forgeries.States.AT_THE_END);
        }
    },

    /** Of two segments that begin at the same item the one that was begun first counts. */
    EARLIER_SEGMENT_WINS {
        @Override
        public FileAccess apply(FileAccess files) {
            return new SwappedSegments(files);
        }
    },

    /** A version of a cursor is written over the one before it. */
    CURSOR_OVERWRITTEN_IN_PLACE {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            if (!isCursor(name)) {
                return file;
            }
            return new Meddling.MeddlingFile(file) {
                @Override
                public void write(ByteBuffer source, long position) throws IOException {
                    file.write(source, 0);
                }
            };
        }
    },

    /** A new cursor takes the place of an old one before its content is durable. */
    RENAMED_BEFORE_FORCE {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return name.toString().endsWith(".cursor.new") ? new Unforced(file) : file;
        }
    },

    /** One of the cursors does not hold the log back. */
    ONE_CURSOR_FORGOTTEN {
        @Override
        public FileAccess apply(FileAccess files) {
            return new Meddling(files) {
                @Override
                public List<String> list(Path folder) throws IOException {
                    List<String> names = new ArrayList<>(files.list(folder));
                    names.remove("f1.cursor");
                    return names;
                }
            };
        }
    },

    /** A journal that has found its disk full does not see that there is room again. */
    ROOM_NEVER_SEEN {
        @Override
        public FileAccess apply(FileAccess files) {
            return new Meddling(files) {
                @Override
                public long usableBytes(Path folder) {
                    return 0;
                }
            };
        }
    },

    /** What is over a limit is given up, and not counted. */
    DROPS_NOT_COUNTED {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return isCursor(name) ? new Rewritten(file, Forgeries::withoutDrops) : file;
        }
    },

    /** What is over a limit is counted, and the stored cursor has not passed it. */
    DROPS_COUNTED_BEFORE_THE_CURSOR_PASSES {
        @Override
        OpenFile meddle(Path name, OpenFile file) {
            return isCursor(name) ? new OldPositions(file) : file;
        }
    },

    /** What drops one flusher's items drops those of all. */
    LIMIT_OF_ANOTHER_CURSOR {
        @Override
        public CursorLimits limits(String flusher, CursorLimits limits) {
            return new CursorLimits(limits.maxBytes(), limits.maxAge(), limits.minFreeDisk(), true);
        }
    },

    /** More is given up than is over the limit of bytes. */
    MORE_GIVEN_UP_THAN_IS_OVER {
        @Override
        public CursorLimits limits(String flusher, CursorLimits limits) {
            return new CursorLimits(
                    limits.maxBytes() * 3 / 4, limits.maxAge(), limits.minFreeDisk(), limits.dropOldest());
        }
    },

    /** Items are given up before they are too old. */
    GIVEN_UP_TOO_EARLY {
        @Override
        public CursorLimits limits(String flusher, CursorLimits limits) {
            return new CursorLimits(
                    limits.maxBytes(), limits.maxAge().dividedBy(2), limits.minFreeDisk(), limits.dropOldest());
        }
    },

    /** A limit of bytes has no effect. */
    LIMIT_OF_BYTES_IGNORED {
        @Override
        public CursorLimits limits(String flusher, CursorLimits limits) {
            return new CursorLimits(1L << 40, limits.maxAge(), limits.minFreeDisk(), limits.dropOldest());
        }
    },

    /** A limit of age has no effect. */
    LIMIT_OF_AGE_IGNORED {
        @Override
        public CursorLimits limits(String flusher, CursorLimits limits) {
            return new CursorLimits(limits.maxBytes(), Duration.ZERO, limits.minFreeDisk(), limits.dropOldest());
        }
    },

    /** Items are given up while their request is on its way, because the host takes it for one that has failed. */
    GIVEN_UP_ON_ITS_WAY {
        @Override
        public boolean answersAtOnce(ModelOptions options) {
            return options.drops();
        }
    },

    /** A flusher gets what is not for it. */
    SENT_WHAT_IS_NOT_WANTED {
        @Override
        public boolean wants(ModelOptions options, int series) {
            return true;
        }
    },

    /** A flusher does not get what is for it. */
    PASSED_BY_WHAT_IS_WANTED {
        @Override
        public boolean wants(ModelOptions options, int series) {
            return options.wants(series) && series > 0;
        }
    },

    /** A segment that all cursors have passed is never unlinked. */
    NEVER_UNLINKED {
        @Override
        public FileAccess apply(FileAccess files) {
            return new Meddling(files) {
                @Override
                public void delete(Path file) throws IOException {
                    if (!isSegment(file)) {
                        files.delete(file);
                    }
                }
            };
        }
    };

    OpenFile meddle(Path name, OpenFile file) throws IOException {
        return file;
    }

    @Override
    public FileAccess apply(FileAccess files) {
        return new Meddling(files) {
            @Override
            protected OpenFile meddle(Path name, OpenFile file) throws IOException {
                return ModelMutation.this.meddle(name, file);
            }
        };
    }

    private static boolean isCursor(Path name) {
        return name.toString().contains(".cursor");
    }

    private static boolean isSegment(Path name) {
        return name.toString().endsWith(".seg");
    }

    private static OpenFile withoutStates(Path name, OpenFile file, Forgeries.States which) {
        return isSegment(name) ? new Rewritten(file, records -> Forgeries.withoutStates(records, which)) : file;
    }

    private static final class Rewritten extends Meddling.MeddlingFile {
        private final UnaryOperator<ByteBuffer> forger;

        Rewritten(OpenFile file, UnaryOperator<ByteBuffer> forger) {
            super(file);
            this.forger = forger;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            file.write(forger.apply(source), position);
        }
    }

    private static final class OldPositions extends Meddling.MeddlingFile {
        private ByteBuffer before;

        OldPositions(OpenFile file) {
            super(file);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            ByteBuffer version = source.duplicate();
            file.write(before == null ? source : Forgeries.withPositionsBeforeDrops(source, before), position);
            before = ByteBuffer.allocate(version.remaining()).put(version).flip();
        }
    }

    private static final class Unforced extends Meddling.MeddlingFile {
        Unforced(OpenFile file) {
            super(file);
        }

        @Override
        public void force() {}
    }

    private static final class ForcedOnce extends Meddling.MeddlingFile {
        private boolean forced;

        ForcedOnce(OpenFile file) {
            super(file);
        }

        @Override
        public void force() throws IOException {
            if (!forced) {
                file.force();
            }
            forced = true;
        }
    }

    private static final class FailedForces extends Meddling.MeddlingFile {
        private final boolean again;

        FailedForces(OpenFile file, boolean again) {
            super(file);
            this.again = again;
        }

        @Override
        public void force() throws IOException {
            try {
                file.force();
            } catch (IOException e) {
                if (again) {
                    file.force();
                }
            }
        }
    }

    private static final class ForcedAtTheNextWrite extends Meddling.MeddlingFile {
        private boolean due;

        ForcedAtTheNextWrite(OpenFile file) {
            super(file);
        }

        @Override
        public void force() {
            due = true;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (due) {
                file.force();
                due = false;
            }
            file.write(source, position);
        }
    }

    private static final class WrittenAtTheNextWrite extends Meddling.MeddlingFile {
        private ByteBuffer held;
        private long position;

        WrittenAtTheNextWrite(OpenFile file) {
            super(file);
        }

        @Override
        public void write(ByteBuffer source, long newPosition) throws IOException {
            writeHeld();
            held = ByteBuffer.allocate(source.remaining()).put(source).flip();
            position = newPosition;
        }

        @Override
        public void force() throws IOException {
            writeHeld();
            file.force();
        }

        private void writeHeld() throws IOException {
            ByteBuffer before = held;
            held = null;
            if (before != null) {
                file.write(before, position);
            }
        }
    }

    private static final class LateForces extends Meddling {
        private final Set<Path> due = new TreeSet<>();

        LateForces(FileAccess files) {
            super(files);
        }

        @Override
        protected OpenFile meddle(Path name, OpenFile file) {
            if (!isCursor(name)) {
                return file;
            }
            Path cursor = name.resolveSibling(name.getFileName().toString().replace(".new", ""));
            return new MeddlingFile(file) {
                private boolean forced;

                @Override
                public void force() throws IOException {
                    if (forced) {
                        due.add(cursor);
                    } else {
                        file.force();
                    }
                    forced = true;
                }
            };
        }

        @Override
        public OpenFile create(Path name) throws IOException {
            OpenFile created = super.create(name);
            if (isSegment(name)) {
                for (Path cursor : List.copyOf(due)) {
                    try (OpenFile late = files.openForWriting(cursor)) {
                        late.force();
                    } catch (NoSuchFileException e) {
                        // its flusher was removed
                    }
                    due.remove(cursor);
                }
            }
            return created;
        }
    }

    private static final class SwappedSegments extends Meddling {
        SwappedSegments(FileAccess files) {
            super(files);
        }

        @Override
        public OpenFile openForWriting(Path name) throws IOException {
            return files.openForWriting(other(name));
        }

        @Override
        public OpenFile open(Path name) throws IOException {
            return files.open(other(name));
        }

        /* N.seg for N-1.seg and the other way round, where both are there. */
        private Path other(Path name) throws IOException {
            String text = name.getFileName().toString();
            String swapped = text.endsWith("-1.seg")
                    ? text.replace("-1.seg", ".seg")
                    : text.matches("[0-9]+\\.seg") ? text.replace(".seg", "-1.seg") : text;
            return files.list(name.getParent()).contains(swapped) ? name.resolveSibling(swapped) : name;
        }
    }
}

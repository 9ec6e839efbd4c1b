package dev.millrace.core.journal;

/** What an acknowledged batch survives. */
public enum Durability {
    /** A loss of power: a commit is forced to the device before it is acknowledged. */
    FSYNC,
    /** The end of the process, but not of the machine. */
    WRITE,
    /** Nothing: the journal is in memory. To be used with {@link FileAccess#memory}. */
    MEMORY
}

package dev.millrace.plugin.metric.host;

/**
 * The families of file systems.
 *
 * @param size bytes
 * @param free bytes, those that only root may use included
 * @param available bytes that everybody may use
 * @param files inodes
 * @param filesFree free inodes
 * @param readOnly 1 or 0
 * @param deviceError 1 where nothing else is known
 */
record FileSystemFamilies(
        Family size,
        Family free,
        Family available,
        Family files,
        Family filesFree,
        Family readOnly,
        Family deviceError) {
    static FileSystemFamilies of(Families families) {
        return new FileSystemFamilies(
                families.gauge("node_filesystem_size_bytes", "Size of a file system."),
                families.gauge("node_filesystem_free_bytes", "Free room, with what is reserved for root."),
                families.gauge("node_filesystem_avail_bytes", "Room that every user may use."),
                families.gauge("node_filesystem_files", "Inodes of a file system."),
                families.gauge("node_filesystem_files_free", "Free inodes."),
                families.gauge("node_filesystem_readonly", "Whether a file system cannot be written, 1 or 0."),
                families.gauge(
                        "node_filesystem_device_error",
                        "Whether nothing could be read of a file system, or not in time, 1 or 0."));
    }
}

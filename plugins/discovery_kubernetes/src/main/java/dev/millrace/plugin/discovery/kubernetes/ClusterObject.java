package dev.millrace.plugin.discovery.kubernetes;

/** An object of a cluster, with what targets need of it. Immutable; objects that would give the same labels are equal. */
interface ClusterObject {
    /** What all objects have. */
    Metadata metadata();
}

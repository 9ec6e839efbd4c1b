package dev.millrace.core.plugin;

/**
 * Another plugin that a plugin cannot do without.
 *
 * @param id the ID of the other plugin
 * @param versions the versions of it that will do
 */
public record Requirement(String id, VersionRange versions) {
    @Override
    public String toString() {
        return id + " " + versions;
    }
}

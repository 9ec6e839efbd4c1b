package dev.millrace.core.description;

import java.util.List;

/**
 * One key that a file may have, as text to read.
 *
 * @param path the key behind those that it stands under: {@code Http.Tls.CaFile}; of an item of a list {@code Jobs[].name},
 *     under any name {@code Tags.NAME.Pattern}
 * @param aliases other names of the key itself
 * @param type what its value is
 * @param standard the value where the key is not there; empty if that is nothing
 * @param required whether the key has to be there
 * @param doc what it does
 * @param example a value; empty if the keys under it say more
 */
public record KeyDescription(
        String path, List<String> aliases, String type, String standard, boolean required, String doc, String example) {
    public KeyDescription {
        aliases = List.copyOf(aliases);
    }
}

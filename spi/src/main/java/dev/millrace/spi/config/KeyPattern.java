package dev.millrace.spi.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that an option is all keys of a form, each with a list of options of components of the owner's own: of a
 * {@code List<ComponentRef<…>>}.
 *
 * <p>With {@code @KeyPattern(value = "*_sd_configs", type = "discovery_*")} each item under {@code file_sd_configs} is a
 * component of the plugin {@code discovery_file}. A key whose plugin is not installed is reported with those that are.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface KeyPattern {
    /** The keys; {@code *} stands for what names the plugin. */
    String value();

    /** The plugin's ID; {@code *} stands for what the key has in its place. */
    String type();

    /**
     * The record component whose text tells this record from others of a list. It becomes a part of the components'
     * identity, so that a change beside it does not touch them.
     */
    String name();
}

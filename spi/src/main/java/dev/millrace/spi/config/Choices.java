package dev.millrace.spi.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The only texts that an option may have, written exactly so: for a {@code String}, also in {@code Optional}, {@code List}
 * and {@code Map}. Where the texts can be names of an enum in lower case, use an enum instead.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Choices {
    /** The texts. */
    String[] value();
}

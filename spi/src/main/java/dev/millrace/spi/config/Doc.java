package dev.millrace.spi.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in one sentence what an option does; it is shown in reference pages and editors. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Doc {
    /** The sentence. */
    String value();

    /**
     * An example, as YAML: of an option, its value; of a record, some of its keys with their values. A text that is
     * not a default and has no example says nothing to a reader, so give it one.
     */
    String example() default "";
}

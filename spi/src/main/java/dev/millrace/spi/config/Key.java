package dev.millrace.spi.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The key of an option, where its name is not the component with a capital. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** The key. */
    String value();

    /** Other keys with the same meaning. */
    String[] aliases() default {};
}

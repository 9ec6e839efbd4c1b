package dev.millrace.spi.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of an option that is not given, as YAML: {@code 10s}, {@code true}, <code>{Type: ext_x}</code>. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The value, as it would stand in a pipeline file. */
    String value();
}

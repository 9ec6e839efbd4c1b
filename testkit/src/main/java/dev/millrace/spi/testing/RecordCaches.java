package dev.millrace.spi.testing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * What the Java platform remembers of the record whose {@code equals}, {@code hashCode} or {@code toString} it made last. Up
 * to Java 18 that keeps the record's class loader in the memory (JDK-8078641), so a record of the test kit takes its place, as
 * one of the host does there. The host has the same code: the kit sees the SPI only, and this is none of its.
 */
final class RecordCaches {
    private record Own(String value) {}

    private RecordCaches() {}

    /** Has it forget the records of plugins. */
    static void renew() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            MethodHandle value = lookup.findGetter(Own.class, "value", String.class);
            make(lookup, value, "equals", MethodType.methodType(boolean.class, Own.class, Object.class));
            make(lookup, value, "hashCode", MethodType.methodType(int.class, Own.class));
            make(lookup, value, "toString", MethodType.methodType(String.class, Own.class));
        } catch (Throwable e) { // declared by the platform's method, whose arguments are right
            throw new IllegalStateException("the methods of a record cannot be made", e);
        }
    }

    private static void make(MethodHandles.Lookup lookup, MethodHandle value, String method, MethodType type)
            throws Throwable {
        ObjectMethods.bootstrap(lookup, method, type, Own.class, "value", value);
    }
}

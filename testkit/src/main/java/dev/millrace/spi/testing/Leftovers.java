package dev.millrace.spi.testing;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** What a plugin that has stopped left in the process, each as a part of a sentence, in the words of the host's own log. */
final class Leftovers {
    private final ClassLoader loader;
    private final List<String> found = new ArrayList<>();

    private Leftovers(ClassLoader loader) {
        this.loader = loader;
    }

    /** What holds classes of this class loader. */
    static List<String> of(ClassLoader loader) {
        Leftovers leftovers = new Leftovers(loader);
        Thread.getAllStackTraces().keySet().forEach(leftovers::lookAt);
        leftovers.lookAtShutdownHooks();
        if (leftovers.isOwn(Thread.getDefaultUncaughtExceptionHandler())) {
            leftovers.found.add("it is the default handler of uncaught exceptions");
        }
        leftovers.lookAtBeans();
        return leftovers.found;
    }

    private void lookAt(Thread thread) {
        if (isOwn(thread) || thread.getContextClassLoader() == loader || isOwn(task(thread))) {
            boolean timer = thread.getClass().getName().equals("java.util.TimerThread");
            found.add((timer ? "the timer '" : "the thread '") + thread.getName() + "' runs on");
        } else if (holdsOwn(field(Thread.class, thread, "threadLocals"))
                || holdsOwn(field(Thread.class, thread, "inheritableThreadLocals"))) {
            found.add("a ThreadLocal of the thread '" + thread.getName() + "' has a value of it");
        }
    }

    /* A field of its own up to Java 18, and in a holder since. */
    private static @Nullable Object task(Thread thread) {
        Object holder = field(Thread.class, thread, "holder");
        return holder == null ? field(Thread.class, thread, "target") : field(holder.getClass(), holder, "task");
    }

    private boolean isOwn(@Nullable Object object) {
        return object != null && object.getClass().getClassLoader() == loader;
    }

    private boolean holdsOwn(@Nullable Object threadLocals) {
        Object table = threadLocals == null ? null : field(threadLocals.getClass(), threadLocals, "table");
        for (int i = 0; table != null && i < Array.getLength(table); i++) {
            if (Array.get(table, i) instanceof Reference<?> entry
                    && (isOwn(entry.get()) || isOwn(field(entry.getClass(), entry, "value")))) {
                return true;
            }
        }
        return false;
    }

    private void lookAtShutdownHooks() {
        try {
            Class<?> type = Class.forName("java.lang.ApplicationShutdownHooks");
            if (field(type, null, "hooks") instanceof Map<?, ?> hooks) {
                for (Object hook : hooks.keySet().toArray()) {
                    if (hook instanceof Thread thread && (isOwn(thread) || isOwn(task(thread)))) {
                        found.add("the shutdown hook '" + thread.getName() + "' is registered");
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            found.add("shutdown hooks were not looked at, because this Java has none that can be seen");
        }
    }

    private void lookAtBeans() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            if (loaderOf(server, name) == loader) {
                found.add("the management bean '" + name + "' is registered");
            }
        }
    }

    private static @Nullable ClassLoader loaderOf(MBeanServer server, ObjectName bean) {
        try {
            return server.getClassLoaderFor(bean);
        } catch (InstanceNotFoundException unregisteredSince) {
            return null;
        }
    }

    private static @Nullable Object field(Class<?> type, @Nullable Object object, String name) {
        try {
            Field declared = type.getDeclaredField(name);
            declared.setAccessible(true);
            return declared.get(object);
        } catch (NoSuchFieldException | IllegalAccessException | InaccessibleObjectException notSeen) {
            return null;
        }
    }
}

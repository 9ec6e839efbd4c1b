package dev.millrace.core.plugin;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What is known to hold the classes of a plugin that ended: its threads and timers, values that it left in threads of
 * others, shutdown hooks, handlers of the whole process, management beans, security providers, drivers of databases.
 *
 * <p>Values of threads, shutdown hooks and drivers are fields of the Java platform, which the launcher opens by {@code
 * --add-opens} of {@code java.base/java.lang} and {@code java.sql/java.sql}; where it is not open, they are not seen.
 */
public final class LoaderHolders {
    private final ClassLoader loader;
    private final List<String> found = new ArrayList<>();

    private LoaderHolders(ClassLoader loader) {
        this.loader = loader;
    }

    /** What holds classes of this class loader, each as a part of a sentence; empty where nothing was found. */
    public static List<String> of(ClassLoader loader) {
        LoaderHolders holders = new LoaderHolders(loader);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            holders.lookAt(thread);
        }
        holders.lookAtShutdownHooks();
        holders.lookAtHandlers();
        holders.lookAtBeans();
        holders.lookAtProviders();
        holders.lookAtDrivers();
        return List.copyOf(holders.found);
    }

    private void lookAt(Thread thread) {
        if (isOwn(thread) || isOwnTask(thread)) {
            String kind = thread.getClass().getName().equals("java.util.TimerThread") ? "the timer '" : "the thread '";
            found.add(kind + thread.getName() + "' runs on");
            return;
        }
        if (holdsOwn(valueOf(Thread.class, thread, "threadLocals"))
                || holdsOwn(valueOf(Thread.class, thread, "inheritableThreadLocals"))) {
            found.add("a ThreadLocal of the thread '" + thread.getName() + "' has a value of it");
        }
    }

    private boolean isOwn(Thread thread) {
        return isOwn((Object) thread) || thread.getContextClassLoader() == loader;
    }

    /* The task of a thread is a field of its own up to Java 18, and in a holder since. */
    private boolean isOwnTask(Thread thread) {
        Object holder = valueOf(Thread.class, thread, "holder");
        Object task =
                holder == null ? valueOf(Thread.class, thread, "target") : valueOf(holder.getClass(), holder, "task");
        return isOwn(task);
    }

    private boolean isOwn(@Nullable Object object) {
        return object != null && object.getClass().getClassLoader() == loader;
    }

    private boolean holdsOwn(@Nullable Object threadLocals) {
        Object table = threadLocals == null ? null : valueOf(threadLocals.getClass(), threadLocals, "table");
        if (table == null) {
            return false;
        }
        for (int i = 0; i < Array.getLength(table); i++) {
            Object entry = Array.get(table, i);
            if (entry instanceof java.lang.ref.Reference<?> key
                    && (isOwn(key.get()) || isOwn(valueOf(entry.getClass(), entry, "value")))) {
                return true;
            }
        }
        return false;
    }

    private void lookAtShutdownHooks() {
        try {
            Class<?> hooks = Class.forName("java.lang.ApplicationShutdownHooks");
            if (valueOf(hooks, null, "hooks") instanceof Map<?, ?> threads) {
                for (Object thread : threads.keySet().toArray()) {
                    if (thread instanceof Thread hook && (isOwn(hook) || isOwnTask(hook))) {
                        found.add("the shutdown hook '" + hook.getName() + "' is registered");
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            found.add("shutdown hooks were not looked at, because this Java has none that can be seen");
        }
    }

    private void lookAtHandlers() {
        if (isOwn(Thread.getDefaultUncaughtExceptionHandler())) {
            found.add("it is the default handler of uncaught exceptions");
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

    private void lookAtProviders() {
        for (Provider provider : Security.getProviders()) {
            if (isOwn(provider)) {
                found.add("the security provider '" + provider.getName() + "' is registered");
            }
        }
    }

    private void lookAtDrivers() {
        try {
            Class<?> drivers = Class.forName("java.sql.DriverManager");
            if (valueOf(drivers, null, "registeredDrivers") instanceof Collection<?> registered) {
                for (Object info : registered) {
                    Object driver = valueOf(info.getClass(), info, "driver");
                    if (driver != null && isOwn(driver)) {
                        found.add("the database driver '" + driver.getClass().getName() + "' is registered");
                    }
                }
            }
        } catch (ClassNotFoundException withoutDatabases) {
            // this Java knows no drivers, so none is registered
        }
    }

    private static @Nullable ClassLoader loaderOf(MBeanServer server, ObjectName bean) {
        try {
            return server.getClassLoaderFor(bean);
        } catch (InstanceNotFoundException unregisteredSince) {
            return null;
        }
    }

    private static @Nullable Object valueOf(Class<?> type, @Nullable Object object, String field) {
        try {
            Field declared = type.getDeclaredField(field);
            declared.setAccessible(true);
            return declared.get(object);
        } catch (NoSuchFieldException | IllegalAccessException | InaccessibleObjectException notSeen) {
            return null;
        }
    }
}

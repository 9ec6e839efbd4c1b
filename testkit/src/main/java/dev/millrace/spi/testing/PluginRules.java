package dev.millrace.spi.testing;

import dev.millrace.spi.Component;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Drives a plugin through its life, again and again, each time with something else that goes wrong: addresses in use,
 * connections refused, servers that hang, a journal that refuses, Errors, a stop in the middle. Then it looks at what is
 * left. Whatever breaks a rule of the SPI is named.
 *
 * <pre>{@code
 * PluginRules.of(MineFlusherFactory.class).option("Url", "http://127.0.0.1:1/").verify();
 * }</pre>
 *
 * <p>The plugin is loaded by a class loader of its own, in which it sees what it sees in the host. Time is virtual, and the
 * network is a {@link TestHttpClient}: nothing is sent. A value in a {@link ThreadLocal} and a shutdown hook are named where
 * the JVM of the test runs with {@code --add-opens java.base/java.lang=ALL-UNNAMED}; without it, they show in that the
 * plugin's classes stay.
 */
public final class PluginRules {
    private final String factory;
    private final Map<String, Object> options = new LinkedHashMap<>();
    private final Map<String, Component> components = new LinkedHashMap<>();
    private final List<Push> pushes = new ArrayList<>();
    private TestHttpClient.Answer goodAnswer = request -> HttpResponse.empty(200);
    private Duration deadline = Duration.ofSeconds(10);

    private PluginRules(String factory) {
        this.factory = factory;
    }

    /**
     * A request to an input that listens, or the body for a decoder.
     *
     * @param path where it goes
     * @param headers its header fields
     * @param body its bytes
     */
    record Push(String path, HttpHeaders headers, byte[] body) {}

    /** The rules for the plugin that has this factory. */
    public static PluginRules of(Class<? extends PluginFactory<?, ?>> factory) {
        return new PluginRules(factory.getName());
    }

    /** Sets an option, as a pipeline file would; see {@link Options}. */
    public PluginRules option(String key, Object value) {
        options.put(key, value);
        return this;
    }

    /** Adds a component that options refer to. */
    public PluginRules component(String id, Component component) {
        components.put(id, component);
        return this;
    }

    /** Adds a good request, for an input that listens at this path, or a good body for a decoder. */
    public PluginRules request(String path, HttpHeaders headers, byte[] body) {
        pushes.add(new Push(path, headers, body.clone()));
        return this;
    }

    /** Says how a server answers that takes everything, where that is not status 200 without a body. */
    public PluginRules accepting(TestHttpClient.Answer answer) {
        goodAnswer = answer;
        return this;
    }

    /** Sets how long a call may take, where 10 seconds are not what the test wants. */
    public PluginRules deadline(Duration longest) {
        deadline = longest;
        return this;
    }

    /** The rules that the plugin breaks; none is what one wants. */
    public List<Violation> check() {
        Findings findings = new Findings();
        PluginScope scope = new PluginScope(factory);
        try (Worker worker = new Worker(deadline, scope.loader())) {
            new Trial(findings, worker, scope.loader(), factory, options, components, pushes, goodAnswer).run();
            scope.leave(worker, findings);
        }
        return findings.all();
    }

    /**
     * Fails where the plugin breaks a rule.
     *
     * @throws AssertionError that names each
     */
    public void verify() {
        List<Violation> violations = check();
        if (!violations.isEmpty()) {
            throw new AssertionError(factory + " breaks rules of the SPI:\n"
                    + violations.stream().map(each -> "  " + each).collect(Collectors.joining("\n")));
        }
    }
}

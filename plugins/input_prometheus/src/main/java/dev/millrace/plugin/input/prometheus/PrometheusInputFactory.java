package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Input;
import java.util.List;

/** The plugin {@code input_prometheus}: scrapes targets as Prometheus does. */
public final class PrometheusInputFactory implements PluginFactory<PrometheusInputOptions, Input> {
    @Override
    public String type() {
        return "input_prometheus";
    }

    /** The name that iLogtail gives to this input. */
    @Override
    public List<String> aliases() {
        return List.of("service_prometheus");
    }

    @Override
    public Class<PrometheusInputOptions> options() {
        return PrometheusInputOptions.class;
    }

    @Override
    public Class<Input> kind() {
        return Input.class;
    }

    @Override
    public Input create(PrometheusInputOptions options, PluginContext context) {
        return new PrometheusInput(options, context, System::nanoTime);
    }
}

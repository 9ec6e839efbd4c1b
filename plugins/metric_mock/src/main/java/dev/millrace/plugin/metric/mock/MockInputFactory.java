package dev.millrace.plugin.metric.mock;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Input;

/** The plugin {@code metric_mock}: numbers to try things out with. */
public final class MockInputFactory implements PluginFactory<MockOptions, Input> {
    @Override
    public String type() {
        return "metric_mock";
    }

    @Override
    public Class<MockOptions> options() {
        return MockOptions.class;
    }

    @Override
    public Class<Input> kind() {
        return Input.class;
    }

    @Override
    public Input create(MockOptions options, PluginContext context) {
        return new MockInput(options, context.clock(), context.scheduler());
    }
}

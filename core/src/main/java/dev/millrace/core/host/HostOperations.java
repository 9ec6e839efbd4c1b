package dev.millrace.core.host;

import dev.millrace.core.admin.Operations;
import java.util.Optional;

/** What the admin endpoint asks, answered by the pipelines. {@link #reload()} is called on the control thread. */
record HostOperations(Pipelines pipelines) implements Operations {
    @Override
    public boolean ready() {
        return pipelines.ready();
    }

    @Override
    public Optional<Boolean> ready(String pipeline) {
        return pipelines.ready(pipeline);
    }

    @Override
    public Report reload() {
        return pipelines.reload("/-/reload");
    }
}

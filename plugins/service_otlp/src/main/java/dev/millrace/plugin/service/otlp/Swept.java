package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of the news that streams are forgotten, for which nobody waits. */
final class Swept implements Acknowledgement {
    private static final Logger LOG = LoggerFactory.getLogger(Swept.class);

    @Override
    public void committed() {
        LOG.debug("forgot streams of deltas that do not go on");
    }

    @Override
    public void refused(Refusal refusal) {
        LOG.debug("streams of deltas that do not go on are forgotten at the next start: {}", refusal.message());
    }

    @Override
    public boolean waiting() {
        return false;
    }
}

package dev.millrace.core.pipeline;

import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An acknowledgement that remembers what it was told. */
final class RecordedAnswer implements Acknowledgement {
    final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void committed() {
        told.add("committed");
    }

    @Override
    public void refused(Refusal refusal) {
        told.add(refusal.reason().name());
    }

    @Override
    public boolean waiting() {
        return false;
    }
}

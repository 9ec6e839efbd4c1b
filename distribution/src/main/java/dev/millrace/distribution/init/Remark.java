package dev.millrace.distribution.init;

import dev.millrace.core.message.Message;
import dev.millrace.core.message.Template;

/** What is said of a Prometheus configuration, in the words of the rule for it. */
enum Remark implements Message {
    OF_A_RULE;

    private static final Template TEMPLATE = new Template("{remark}");

    @Override
    public Template template() {
        return TEMPLATE;
    }
}

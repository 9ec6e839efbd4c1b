package dev.millrace.plugin.ext.groupinfo.filter;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.FlushInterceptor;

/** The plugin {@code ext_groupinfo_filter}. */
public final class GroupInfoFilterFactory implements PluginFactory<GroupInfoFilterOptions, FlushInterceptor> {
    @Override
    public String type() {
        return "ext_groupinfo_filter";
    }

    @Override
    public Class<GroupInfoFilterOptions> options() {
        return GroupInfoFilterOptions.class;
    }

    @Override
    public Class<FlushInterceptor> kind() {
        return FlushInterceptor.class;
    }

    @Override
    public FlushInterceptor create(GroupInfoFilterOptions options, PluginContext context) {
        return new GroupInfoFilter(options);
    }
}

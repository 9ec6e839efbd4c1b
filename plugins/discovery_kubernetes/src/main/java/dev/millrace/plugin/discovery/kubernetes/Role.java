package dev.millrace.plugin.discovery.kubernetes;

import java.util.List;
import java.util.Locale;

/** What has targets. */
public enum Role {
    POD(Resource.POD),
    SERVICE(Resource.SERVICE),
    ENDPOINTS(Resource.ENDPOINTS, Resource.SERVICE, Resource.POD),
    ENDPOINTSLICE(Resource.ENDPOINTSLICE, Resource.SERVICE, Resource.POD),
    NODE(Resource.NODE),
    INGRESS(Resource.INGRESS);

    private final List<Resource> resources;

    Role(Resource... resources) {
        this.resources = List.of(resources);
    }

    /** The kinds of objects that are needed, that of the role first. */
    List<Resource> resources() {
        return resources;
    }

    /** Its own kind. */
    Resource resource() {
        return resources.get(0);
    }

    /** Whether its targets run on nodes. */
    boolean runsOnNodes() {
        return resources.contains(Resource.POD);
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

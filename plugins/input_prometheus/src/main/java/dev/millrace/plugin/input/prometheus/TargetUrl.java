package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Makes a target's URL from its labels: scheme, address, path, and parameters, of which labels override the first value. */
final class TargetUrl {
    static final String PARAM = "__param_";

    private TargetUrl() {}

    static URI of(Labels labels, Map<String, List<String>> params) throws ScrapeException {
        String path = labels.get("__metrics_path__");
        String slash = path.isEmpty() || path.startsWith("/") ? "" : "/";
        try {
            URI plain = new URI(labels.get("__scheme__"), labels.get("__address__"), slash + path, null, null);
            String query = query(labels, params);
            return new URI(plain.toASCIIString() + (query.isEmpty() ? "" : "?" + query));
        } catch (URISyntaxException e) {
            throw new ScrapeException("'" + e.getInput() + "' is no URL: " + e.getReason());
        }
    }

    private static String query(Labels labels, Map<String, List<String>> params) {
        Map<String, List<String>> all = new TreeMap<>();
        params.forEach((name, values) -> all.put(name, new ArrayList<>(values)));
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.name(i).toString();
            if (label.startsWith(PARAM)) {
                List<String> values = all.computeIfAbsent(label.substring(PARAM.length()), name -> new ArrayList<>());
                if (values.isEmpty()) {
                    values.add("");
                }
                values.set(0, labels.value(i).toString());
            }
        }
        StringJoiner query = new StringJoiner("&");
        all.forEach((name, values) -> values.forEach(value -> query.add(encode(name) + "=" + encode(value))));
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import dev.millrace.spi.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom samples belong to, at a receiver that keeps tenants apart by a header field. The label is read after external labels
 * and relabelling. Rows of two tenants never share a request.
 *
 * @param header the field
 * @param label the label that names the tenant; it is not sent
 * @param otherwise the tenant of series without the label; without it, their requests have no such field
 */
@Doc(value = "A header field that names the tenant of the series in a request.", example = """
        Header: X-Scope-OrgID
        Label: tenant
        Default: others
        """)
record Tenants(
        @Doc(value = "The header field that names the tenant, such as X-Scope-OrgID.", example = "X-Scope-OrgID")
        String header,

        @Doc(value = "The label that names the tenant of a series; it is removed from the series.", example = "tenant")
        String label,

        @Key("Default")
        @Doc(
                value = "The tenant of series without the label; without this key, their requests have no such field.",
                example = "others")
        Optional<String> otherwise) {
    /** RFC 9110, section 5.6.2: a token. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** What can stand in a header field without a change. */
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

    Tenants {
        if (!TOKEN.matcher(header).matches()) {
            throw new InvalidOptionException("header", "'" + header + "' (expected: the name of a header field)");
        }
        ReservedHeaders.check("header", header);
        if (label.isEmpty() || label.equals(Labels.METRIC_NAME)) {
            throw new InvalidOptionException(
                    "label", "'" + label + "' (expected: the name of a label, such as tenant)");
        }
        if (otherwise.isPresent() && !VALUE.matcher(otherwise.get()).matches()) {
            throw new InvalidOptionException(
                    "otherwise", "'" + otherwise.get() + "' (expected: visible ASCII characters)");
        }
    }

    /** Takes the label out of a series, and names the tenant by it; where it is missing, the default. */
    SentSeries split(Labels series) {
        Symbol name = Symbol.of(label);
        Symbol tenant = series.get(name);
        if (tenant == null) {
            return new SentSeries(series, Symbol.of(otherwise.orElse("")));
        }
        LabelsBuilder rest = series.toBuilder();
        rest.remove(name);
        return new SentSeries(rest.build(), tenant);
    }

    /** The header fields for a tenant; empty where its name cannot stand in a header field. */
    Optional<HttpHeaders> headers(Symbol tenant) {
        String name = tenant.toString();
        if (name.isEmpty()) {
            return Optional.of(HttpHeaders.EMPTY);
        }
        return VALUE.matcher(name).matches() ? Optional.of(HttpHeaders.of(header, name)) : Optional.empty();
    }
}

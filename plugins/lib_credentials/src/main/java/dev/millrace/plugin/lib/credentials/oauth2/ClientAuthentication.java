package dev.millrace.plugin.lib.credentials.oauth2;

/** Where the client's secret stands in a request for a token (RFC 6749, section 2.3.1). */
public enum ClientAuthentication {
    /** In the field {@code Authorization}. */
    HEADER,
    /** In the parameters {@code client_id} and {@code client_secret}. */
    BODY,
    /** In the field {@code Authorization}, and in the parameters where that is refused. */
    ANY
}

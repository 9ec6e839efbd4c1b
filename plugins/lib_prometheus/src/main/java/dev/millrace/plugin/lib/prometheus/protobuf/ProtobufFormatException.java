package dev.millrace.plugin.lib.prometheus.protobuf;

/** Says why a page is not in the protobuf format, and where. */
public final class ProtobufFormatException extends Exception {
    private static final long serialVersionUID = 1;

    ProtobufFormatException(String message) {
        super(message);
    }
}

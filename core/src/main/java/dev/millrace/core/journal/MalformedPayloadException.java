package dev.millrace.core.journal;

/** A payload whose checksum is right says what its format does not allow. */
final class MalformedPayloadException extends Exception {
    MalformedPayloadException(String message) {
        super(message);
    }
}

package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "<html><head><title>400 No required SSL certificate was sent</title></head>, Http.Tls.CertFile",
        "<html><head><title>400 The SSL certificate error</title></head>, Http.Tls.CertFile",
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>, https://",
        "Client sent an HTTP request to an HTTPS server., https://",
        "'<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\"><html><head><title>400 Bad Request</title></head><body>"
                + "Reason: You''re speaking plain HTTP to an SSL-enabled server port.<br />', https://",
    })
    void saysWhatToChangeWhereTheConnectionIsRefused(String text, String remedy) {
        assertThat(ConnectionRefusal.remedy(400, text))
                .hasValueSatisfying(said -> assertThat(said).contains(remedy));
    }

    @Test
    void otherAnswersAreAboutTheRequest() {
        assertThat(ConnectionRefusal.remedy(400, "out of order sample")).isEmpty();
        assertThat(ConnectionRefusal.remedy(400, "bad label {x=\"The SSL certificate error\"}"))
                .isEmpty();
        assertThat(ConnectionRefusal.remedy(
                        400, "out of order: {error=\"Client sent an HTTP request to an HTTPS server.\"}"))
                .isEmpty();
        assertThat(ConnectionRefusal.remedy(400, "{x=\"<html><head><title>400 The SSL certificate error</title>\"}"))
                .isEmpty();
        assertThat(ConnectionRefusal.remedy(500, "The SSL certificate error")).isEmpty();
    }
}

package dev.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComponentReferencesTest {
    private static final String INPUT = "inputs: [{Type: metric_mock}]\n";

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    private PipelineFile<Plugins.Delivery> read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("p.yaml"), INPUT + yaml);
            return new PipelineReader<>(new Plugins(), Plugins.Delivery.class, Map.<String, String>of()::get)
                    .read(file, problems);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<ComponentConfig<?, ?>> extensionsOf(String yaml) {
        PipelineFile<Plugins.Delivery> file = read(yaml);
        assertThat(problems.problems()).isEmpty();
        return ((PipelineFile.Valid<Plugins.Delivery>) file).config().extensions();
    }

    private List<String> problemsOf(String yaml) {
        assertThat(read(yaml)).isInstanceOf(PipelineFile.Invalid.class);
        return problems.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void optionsBesideTypeOrUnderOptionsMakeAnInlineComponent() {
        String beside = "flushers: [{Type: flusher_http/a,"
                + " Authenticator: {Type: ext_basicauth, Username: u, Password: p}}]";
        String under = "flushers: [{Type: flusher_http/a,"
                + " Authenticator: {Type: ext_basicauth, Options: {Username: u, Password: p}}}]";

        for (String yaml : List.of(beside, under)) {
            List<ComponentConfig<?, ?>> extensions = extensionsOf(yaml);
            assertThat(extensions).hasSize(1);
            assertThat(extensions.get(0).id()).hasToString("ext_basicauth/flusher_http/a.Authenticator");
            assertThat(extensions.get(0).options())
                    .isEqualTo(new Plugins.BasicAuthOptions("u", new Secret("p"), new ByteSize(0)));
        }
    }

    @Test
    void aDefaultWithOptionsDoesNotContradictWhatIsDeclared() {
        List<ComponentConfig<?, ?>> extensions = extensionsOf("flushers: [{Type: flusher_prometheus, Endpoint: x}]\n"
                + "extensions: [{Type: ext_default_encoder, Format: other}]");
        assertThat(extensions)
                .extracting(extension -> extension.id().toString(), ComponentConfig::options)
                .containsExactlyInAnyOrder(
                        tuple("ext_default_encoder", new Plugins.EncoderOptions("other")),
                        tuple(
                                "ext_default_encoder/flusher_prometheus.Encoder",
                                new Plugins.EncoderOptions("prometheus")));
    }

    @Test
    void createsWhatIsReferredToFirst() {
        assertThat(extensionsOf("""
                flushers: [{Type: flusher_http, Authenticator: ext_chain/outer}]
                extensions:
                  - {Type: ext_chain/outer, Next: ext_chain/inner}
                  - {Type: ext_chain/inner, Next: {Type: ext_basicauth, Username: u, Password: p}}
                """))
                .extracting(ComponentConfig::id)
                .extracting(ComponentId::toString)
                .containsExactly("ext_basicauth/ext_chain/inner.Next", "ext_chain/inner", "ext_chain/outer");
    }

    @Test
    void namesBothCandidates() {
        assertThat(problemsOf("""
                flushers: [{Type: flusher_http, Authenticator: ext_basicauth}]
                extensions:
                  - {Type: ext_basicauth/a, Username: u, Password: p}
                  - {Type: ext_basicauth/b, Username: u, Password: p}
                """))
                .containsExactly("p.yaml:2:48: flusher_http.Authenticator: 'ext_basicauth' may be ext_basicauth/a or"
                        + " ext_basicauth/b; write the one that is meant");
    }

    @Test
    void asksForANameWhereOneCandidateHasNone() {
        assertThat(problemsOf("""
                flushers: [{Type: flusher_http, Authenticator: {Type: ext_basicauth}}]
                extensions:
                  - {Type: ext_basicauth, Username: u, Password: p}
                  - {Type: ext_basicauth/b, Username: u, Password: p}
                """))
                .containsExactly("p.yaml:2:55: flusher_http.Authenticator: 'ext_basicauth' may be ext_basicauth or"
                        + " ext_basicauth/b; give each a name, and write the name");
    }

    @Test
    void checksTheKind() {
        assertThat(problemsOf("""
                flushers:
                  - Type: flusher_http
                    Authenticator: ext_default_encoder
                  - Type: flusher_prometheus
                    Endpoint: x
                    Encoder: {Type: ext_basicauth}
                extensions:
                  - {Type: ext_default_encoder, Format: prometheus}
                """))
                .containsExactly(
                        "p.yaml:4:20: flusher_http.Authenticator: ext_default_encoder is an Encoder (expected: a"
                                + " ClientAuthenticator)",
                        "p.yaml:7:21: flusher_prometheus.Encoder: ext_basicauth is a ClientAuthenticator (expected: an"
                                + " Encoder)");
    }

    @Test
    void findsCycles() {
        assertThat(problemsOf("""
                flushers: [{Type: flusher_stdout}]
                extensions:
                  - {Type: ext_chain/a, Next: ext_chain/b}
                  - {Type: ext_chain/b, Next: ext_chain/a}
                """))
                .containsExactly("p.yaml:4:5: extensions[0]: references in a circle: ext_chain/a -> ext_chain/b ->"
                        + " ext_chain/a; remove one of them");
    }

    @Test
    void endsWhereDefaultsNestWithoutEnd() {
        assertThat(problemsOf("flushers: [{Type: flusher_http, Authenticator: ext_endless}]\n"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:2:48: ext_endless/ext_endless/")
                .endsWith(": components nested more than 16 deep (expected: at most that)");
    }

    @Test
    void refusesOptionsBesideAReferenceToADeclaredExtension() {
        assertThat(problemsOf("""
                flushers:
                  - Type: flusher_http
                    Authenticator: {Type: ext_basicauth, Username: me}
                extensions:
                  - {Type: ext_basicauth, Username: u, Password: p}
                """))
                .containsExactly("p.yaml:4:27: flusher_http.Authenticator: options beside a reference to the declared"
                        + " extension ext_basicauth; move them to extensions[0] at 6:5");
    }

    @Test
    void saysWhatIsWrongWithAReference() {
        assertThat(problemsOf("""
                flushers:
                  - {Type: flusher_http/a, Authenticator: ext_basicauth/mian}
                  - {Type: flusher_http/b, Authenticator: ext_basicaut}
                  - {Type: flusher_http/c, Authenticator: {Username: u}}
                  - {Type: flusher_http/d, Authenticator: [x]}
                  - {Type: flusher_http/e, Authenticator: {Type: ext_chain, Options: {}, Next: x}}
                  - {Type: flusher_http/f, Authenticator: {Type: ext_chain, Options: 1}}
                  - {Type: flusher_http/g, Authenticator: nothing_like_it}
                  - {Type: flusher_http/h, Interceptors: [{Type: ext_endless/x}, {Type: ext_endless/y}]}
                extensions:
                  - {Type: ext_basicauth/main, Username: u, Password: p}
                """))
                .containsExactly(
                        "p.yaml:3:43: flusher_http/a.Authenticator: no extension 'ext_basicauth/mian' is declared; did"
                                + " you mean 'ext_basicauth/main'?",
                        "p.yaml:4:43: flusher_http/b.Authenticator: unknown type 'ext_basicaut'; did you mean"
                                + " 'ext_basicauth'?",
                        "p.yaml:5:43: flusher_http/c.Authenticator: missing required key 'Type'",
                        "p.yaml:6:43: flusher_http/d.Authenticator: a list (expected: a plugin, as type or type/name)",
                        "p.yaml:7:61: flusher_http/e.Authenticator: options beside 'Type' and under 'Options' (expected:"
                                + " in one place)",
                        "p.yaml:8:70: flusher_http/f.Authenticator: a text under 'Options' (expected: a mapping)",
                        "p.yaml:9:43: flusher_http/g.Authenticator: unknown type 'nothing_like_it' (expected one of:"
                                + " ext_basicauth, ext_chain, ext_endless)",
                        "p.yaml:10:50: flusher_http/h.Interceptors: no extension 'ext_endless/x' is declared (expected:"
                                + " ext_basicauth/main)",
                        "p.yaml:10:73: flusher_http/h.Interceptors: no extension 'ext_endless/y' is declared (expected:"
                                + " ext_basicauth/main)");
    }

    @Test
    void wantsNamesForTwoInlineComponentsOfOneTypeInAList() {
        assertThat(problemsOf("""
                flushers:
                  - Type: flusher_http
                    Interceptors:
                      - {Type: ext_basicauth, Username: u, Password: p}
                      - {Type: ext_basicauth, Username: v, Password: p}
                """))
                .containsExactly(
                        "p.yaml:6:16: flusher_http.Interceptors: a second 'ext_basicauth' in one option; declare"
                                + " each with a name under 'extensions'");
    }

    @Test
    void reportsTheOptionsOfAnInlineComponentWhereTheyStand() {
        assertThat(problemsOf("""
                flushers:
                  - Type: flusher_http
                    Authenticator: {Type: ext_basicauth, Usernam: u}
                """))
                .containsExactly(
                        "p.yaml:4:20: flushers[0].Authenticator: missing required key 'Password'",
                        "p.yaml:4:42: flushers[0].Authenticator: unknown key 'Usernam'; did you mean 'Username'?");
    }

    @Test
    void saysNothingMoreOfAnExtensionThatIsWrongItself() {
        assertThat(problemsOf("""
                flushers: [{Type: flusher_http, Authenticator: ext_basicaut}]
                extensions:
                  - {Type: ext_basicaut, Username: u, Password: p}
                """))
                .containsExactly(
                        "p.yaml:4:12: extensions[0]: unknown type 'ext_basicaut'; did you mean 'ext_basicauth'?");
    }
}

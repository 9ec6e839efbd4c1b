package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.PluginFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class HostPackagesTest {
    @Test
    void providesEachPackageOfTheSpiAndNoOtherOfItsName() throws IOException {
        Path spi = SourceCompiler.origin(PluginFactory.class);
        assertThat(packagesOf(spi)).isEqualTo(providedBelow("dev.millrace.spi"));
    }

    @Test
    void providesEachPackageOfSlf4jAndNoOtherOfItsName() throws IOException {
        assertThat(packagesOf(SourceCompiler.origin(Logger.class))).isEqualTo(providedBelow("org.slf4j"));
    }

    @Test
    void platformIsWhatPluginsMaySeeOfTheJdk() {
        assertThat(Stream.of("java.lang", "java.sql", "javax.net.ssl", "org.w3c.dom", "sun.misc", "java.no.such"))
                .allMatch(HostPackages::isPlatform);
        assertThat(Stream.of("dev.millrace.core.plugin", "io.netty.buffer", "javax.inject", ""))
                .noneMatch(HostPackages::isPlatform);
    }

    private static Set<String> providedBelow(String prefix) {
        return HostPackages.PROVIDED.stream()
                .filter(name -> (name + ".").startsWith(prefix + "."))
                .collect(Collectors.toSet());
    }

    private static Set<String> packagesOf(Path origin) throws IOException {
        if (Files.isRegularFile(origin)) {
            try (JarFile jar = new JarFile(origin.toFile())) {
                return packages(jar.stream().map(entry -> entry.getName()));
            }
        }
        try (Stream<Path> files = Files.walk(origin)) {
            return packages(files.map(file -> origin.relativize(file).toString()));
        }
    }

    private static Set<String> packages(Stream<String> files) {
        return files.filter(file -> file.endsWith(".class") && file.contains("/") && !file.startsWith("META-INF/"))
                .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
                .collect(Collectors.toSet());
    }
}

package dev.millrace.plugin.ext.serverauth;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.millrace.spi.Cache;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class HashedPasswordsTest {
    private static final PasswordHash HASH =
            new PasswordHash(BCrypt.withDefaults().hashToString(4, "right".toCharArray()));

    private final Queue<Runnable> computations = new ArrayDeque<>();
    private final Map<String, Boolean> remembered = new HashMap<>();
    private final HashedPasswords passwords = new HashedPasswords(
            Map.of("shop", HASH),
            new Cache<>() {
                @Override
                public Boolean get(String key, Function<? super String, ? extends Boolean> compute) {
                    return remembered.computeIfAbsent(key, compute);
                }

                @Override
                public Boolean find(String key) {
                    return remembered.get(key);
                }

                @Override
                public void keep(String key, Boolean value) {
                    remembered.put(key, value);
                }
            },
            computations::add);

    private static boolean isDone(CompletionStage<Boolean> stage) {
        return stage.toCompletableFuture().isDone();
    }

    private static boolean result(CompletionStage<Boolean> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void computesAHashOnceForManyRequests() {
        var first = passwords.check("shop", "right").orElseThrow();
        var second = passwords.check("shop", "right").orElseThrow();
        assertThat(isDone(first)).isFalse();
        assertThat(computations).hasSize(1);
        computations.remove().run();
        assertThat(result(first)).isTrue();
        assertThat(result(second)).isTrue();
        assertThat(result(passwords.check("shop", "right").orElseThrow())).isTrue();
        assertThat(computations).isEmpty();
        assertThat(remembered.keySet()).singleElement().asString().doesNotContain("right", "shop");
    }

    @Test
    void computesForAUserThatThereIsNotAsWell() {
        var unknown = passwords.check("bank", "right").orElseThrow();
        assertThat(computations).hasSize(1);
        computations.remove().run();
        assertThat(result(unknown)).isFalse();
    }

    @Test
    void aFloodOfWrongPasswordsKeepsOutNobodyWhoIsKnown() {
        var known = passwords.check("shop", "right").orElseThrow();
        computations.remove().run();
        assertThat(result(known)).isTrue();
        int waiting = 0;
        while (passwords.check("shop", "wrong " + waiting).isPresent()) {
            waiting++;
        }
        assertThat(waiting).isEqualTo(16);
        assertThat(computations).as("at a time").hasSize(1);
        assertThat(result(passwords.check("shop", "right").orElseThrow())).isTrue();
        while (!computations.isEmpty()) {
            computations.remove().run();
        }
        assertThat(result(passwords.check("shop", "wrong 3").orElseThrow())).isFalse();
        assertThat(passwords.check("shop", "another")).isPresent();
    }
}

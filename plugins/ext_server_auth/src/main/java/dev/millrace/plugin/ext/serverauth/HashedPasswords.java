package dev.millrace.plugin.ext.serverauth;

import dev.millrace.spi.Cache;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Users of whose passwords only hashes are known. A hash takes some hundredth of a second of a core by design, so what came of
 * a pair is remembered, one is computed at a time, and few wait for it: more are told to come again, and those whose
 * password is known already are let in meanwhile. A user that there is not takes the same time. Thread-safe.
 */
final class HashedPasswords {
    private static final int MOST_WAITING = 16;
    private static final String MAC = "HmacSHA256";

    private final Map<String, PasswordHash> hashes;
    private final Optional<PasswordHash> any;
    private final Cache<String, Boolean> known;
    private final Executor executor;
    private final SecretKeySpec key = new SecretKeySpec(random(), MAC);
    private final Map<String, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /**
     * Nothing is remembered yet.
     *
     * @param hashes by the name of the user
     * @param known what is remembered, by a text that says nothing of the password
     * @param executor where hashes are computed
     */
    HashedPasswords(Map<String, PasswordHash> hashes, Cache<String, Boolean> known, Executor executor) {
        this.hashes = Map.copyOf(hashes);
        this.any = hashes.values().stream().findFirst();
        this.known = known;
        this.executor = executor;
    }

    /** Whether a user sent the right password; empty where too many wait to be told. */
    Optional<CompletionStage<Boolean>> check(String user, String password) {
        if (any.isEmpty()) {
            return Optional.of(CompletableFuture.completedFuture(false));
        }
        String pair = digest(user, password);
        Boolean before = known.find(pair);
        if (before != null) {
            return Optional.of(CompletableFuture.completedFuture(before));
        }
        synchronized (lock) {
            CompletableFuture<Boolean> same = waiting.get(pair);
            if (same != null) {
                return Optional.of(same);
            }
            if (waiting.size() >= MOST_WAITING) {
                return Optional.empty();
            }
            CompletableFuture<Boolean> result = last.thenApplyAsync(done -> compute(user, password, pair), executor);
            waiting.put(pair, result);
            last = result.handle((right, failure) -> waiting.remove(pair));
            return Optional.of(result);
        }
    }

    private boolean compute(String user, String password, String pair) {
        PasswordHash hash = hashes.getOrDefault(user, any.orElseThrow());
        boolean right = hash.isOf(password) && hashes.containsKey(user);
        known.keep(pair, right);
        return right;
    }

    /* With a key of this process: who reads its memory finds no digest that could be searched for passwords at once. */
    private String digest(String user, String password) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(user.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) ':'); // which no name has
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}

package dev.millrace.plugin.lib.prometheus.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The shortest digits that read back as the same double. Java's own text is not the shortest before JDK 19. */
public final class ShortestDecimal {
    private ShortestDecimal() {}

    /**
     * The digits of a positive, finite number.
     *
     * <p>The neighbour above is tried as well: below a power of two doubles are denser, so that the nearest decimal of some
     * length may read back as another double, while the one above does not.
     */
    public static BigDecimal of(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; precision < 17; precision++) {
            BigDecimal nearest = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (nearest.doubleValue() == value) {
                return nearest;
            }
            BigDecimal above = exact.round(new MathContext(precision, RoundingMode.UP));
            if (above.doubleValue() == value) {
                return above;
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }
}

package dev.millrace.distribution.comparison.load;

import dev.millrace.distribution.run.ExporterPage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The page of a target, as the bytes of a whole HTTP answer, in which about half of all values rise from one scrape to
 * the next. The digits are changed in place, so that serving a page costs next to nothing. Not thread-safe.
 */
final class ChangingPage {
    private static final int MOST = 50;

    /** As many bytes as a value has before its point, if it changes: {@code 1234.5}. */
    private static final int WHOLE_DIGITS = 4;

    private final ByteBuffer answer;
    private final int head;
    /** Where the last digits of the values that change stand. */
    private final int[] ends;

    private final SplittableRandom random;

    private ChangingPage(ByteBuffer answer, int head, int[] ends, SplittableRandom random) {
        this.answer = answer;
        this.head = head;
        this.ends = ends;
        this.random = random;
    }

    /** A page of some series; all that it ever says follows from the seed. */
    static ChangingPage of(int series, long seed) {
        byte[] body = ExporterPage.of(series, seed);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer answer = ByteBuffer.allocateDirect(head.length + body.length);
        answer.put(head).put(body);
        int[] ends = IntStream.range(0, body.length)
                .filter(at -> body[at] == '\n' && changes(body, at))
                .map(newline -> head.length + newline - 1)
                .toArray();
        return new ChangingPage(answer, head.length, ends, new SplittableRandom(seed));
    }

    /** Goes on to the next scrape. */
    void change() {
        for (int end : ends) {
            add(end, 1 + random.nextInt(MOST));
        }
    }

    /** The answer, which changes with the page. */
    ByteBuffer answer() {
        return answer.duplicate().clear();
    }

    /** The body of the answer at this moment. */
    byte[] body() {
        byte[] body = new byte[answer.capacity() - head];
        answer.get(head, body);
        return body;
    }

    /** How many of the values change. */
    int changing() {
        return ends.length;
    }

    private static boolean changes(byte[] body, int newline) {
        int space = newline;
        int point = -1;
        while (space > 0 && body[space] != ' ') {
            space--;
            if (body[space] == '.') {
                point = space;
            }
        }
        return point - space - 1 == WHOLE_DIGITS;
    }

    /** Adds to the last digits of a value; past its largest one, it starts again, as after a restart. */
    private void add(int end, int amount) {
        int carry = amount;
        int at = end;
        for (; carry > 0 && answer.get(at) != ' '; at--) {
            if (answer.get(at) != '.') {
                int sum = answer.get(at) - '0' + carry;
                answer.put(at, (byte) ('0' + sum % 10));
                carry = sum / 10;
            }
        }
        if (carry > 0) {
            answer.put(at + 1, (byte) '1');
        }
    }
}

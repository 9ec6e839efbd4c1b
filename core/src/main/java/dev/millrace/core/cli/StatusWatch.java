package dev.millrace.core.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Prints the status again and again: on a terminal in the same place, elsewhere one below the other. While no collector
 * answers, it says so once and goes on looking.
 */
final class StatusWatch {
    private final StatusQuestion question;
    private final Duration interval;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private boolean away;

    StatusWatch(StatusQuestion question, Duration interval) {
        this.question = question;
        this.interval = interval;
    }

    /**
     * Prints until SIGINT, or until nobody reads what is printed.
     *
     * @throws NotRunningException if no collector answers at the beginning
     */
    void run() throws NotRunningException, IOException, InterruptedException {
        Signals.on("INT", interrupted::countDown);
        Terminal terminal = Terminal.current();
        print(terminal, question.ask(terminal).text());
        while (!interrupted.await(interval.toMillis(), TimeUnit.MILLISECONDS) && !System.out.checkError()) {
            terminal = Terminal.current();
            try {
                print(terminal, question.ask(terminal).text());
                away = false;
            } catch (NotRunningException e) {
                away(terminal, "millrace: " + e.getMessage() + "; looking again every " + interval.toSeconds() + " s");
            }
        }
    }

    private void print(Terminal terminal, String text) {
        if (terminal.present() && !question.json()) {
            System.out.print(Terminal.REPAINT + text);
        } else {
            System.out.print(question.json() ? text : text + "\n");
        }
        System.out.flush();
    }

    private void away(Terminal terminal, String message) {
        if (away) {
            return;
        }
        away = true;
        if (terminal.present() && !question.json()) {
            System.out.println(Terminal.REPAINT + message);
        } else {
            System.err.println(message);
        }
    }
}

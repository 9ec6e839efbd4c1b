package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the network protocols count: pairs of lines with names and numbers in /proc/net/netstat and /proc/net/snmp, and lines of
 * a name and a number in /proc/net/snmp6, which a host without IPv6 does not have.
 */
final class NetworkProtocolCollector implements Collector {
    private static final Pattern FIELDS = Pattern.compile("^(.*_(InErrors|InErrs)|Ip_Forwarding"
            + "|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)"
            + "|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)"
            + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
            + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$");
    private static final Pattern FIELD_OF_6 = Pattern.compile("([^6]*6)(.*)");

    private final List<Path> files;
    private final Path file6;
    private final ProcText text = new ProcText();
    private final Families families;
    private final ByName<Titles> titles = new ByName<>(this::titles);
    private final ByName<Optional<Series>> fields6 = new ByName<>(this::field6);

    NetworkProtocolCollector(Host host) {
        files = List.of(host.proc("net/netstat"), host.proc("net/snmp"));
        file6 = host.proc("net/snmp6");
        families = host.families();
    }

    /** The series of a line of names, in the order of its fields. */
    private record Titles(List<Optional<Series>> series) {}

    @Override
    public void collect(Samples samples) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            text.read(files.get(i));
            while (text.nextLine()) {
                text.rest();
                addPair(titles.of(text), samples);
            }
        }
        titles.endRound();
        if (Files.exists(file6)) {
            add6(samples);
        }
    }

    private void addPair(Titles names, Samples samples) throws IOException {
        if (!text.nextLine() || !text.nextFieldBefore(':')) {
            throw new IOException(text.unexpected("numbers below a line of names"));
        }
        text.skipSeparator();
        for (int i = 0; i < names.series().size(); i++) {
            double value = text.nextNumber();
            Optional<Series> series = names.series().get(i);
            if (series.isPresent()) {
                samples.add(series.get(), value);
            }
        }
    }

    private void add6(Samples samples) throws IOException {
        text.read(file6);
        while (text.nextLine()) {
            if (text.nextField()) {
                Optional<Series> series = fields6.of(text);
                if (series.isPresent()) {
                    samples.add(series.get(), text.nextNumber());
                }
            }
        }
        fields6.endRound();
    }

    private Titles titles(String line) {
        String[] words = line.split("[: ]+", -1);
        return new Titles(Arrays.stream(words)
                .skip(1)
                .map(field -> series(words[0], field))
                .toList());
    }

    private Optional<Series> field6(String name) {
        Matcher parts = FIELD_OF_6.matcher(name);
        return parts.matches() ? series(parts.group(1), parts.group(2)) : Optional.empty();
    }

    private Optional<Series> series(String protocol, String field) {
        String name = protocol + '_' + field;
        return FIELDS.matcher(name).matches()
                ? Optional.of(families.untyped("node_netstat_" + name, field + " of " + protocol + " in /proc/net.")
                        .series())
                : Optional.empty();
    }
}

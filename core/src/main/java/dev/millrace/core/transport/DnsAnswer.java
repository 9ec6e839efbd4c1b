package dev.millrace.core.transport;

import dev.millrace.spi.dns.DnsRecord;
import dev.millrace.spi.dns.DnsType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What one server answered: records, or that there is no such name, or something that settles nothing.
 *
 * @param code the code of the answer
 * @param records the records of the type that was asked for
 */
record DnsAnswer(DnsResponseCode code, List<DnsRecord> records) {
    /**
     * Reads an answer.
     *
     * @throws IOException if a record is malformed, or some are missing
     */
    static DnsAnswer of(DnsResponse response, DnsType type) throws IOException {
        if (response.isTruncated()) {
            throw new IOException("its answer is cut off, and could not be had over TCP");
        }
        List<DnsRecord> records = new ArrayList<>();
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            if (response.recordAt(DnsSection.ANSWER, i) instanceof DnsRawRecord raw
                    && raw.type().equals(DnsRecordType.valueOf(type.name()))) {
                records.add(record(type, raw.content()));
            }
        }
        return new DnsAnswer(response.code(), records);
    }

    /* RFC 1035, section 3; SRV: RFC 2782. A name may refer back into the message. */
    @SuppressWarnings("UnusedException") // where the bytes end says nothing more
    private static DnsRecord record(DnsType type, ByteBuf content) throws IOException {
        try {
            return switch (type) {
                case A, AAAA ->
                    new DnsRecord(NetUtil.toAddressString(InetAddress.getByAddress(ByteBufUtil.getBytes(content))), 0);
                case SRV -> {
                    content.skipBytes(2 * Short.BYTES); // priority and weight
                    int port = content.readUnsignedShort();
                    yield new DnsRecord(DefaultDnsRecordDecoder.decodeName(content), port);
                }
                case MX -> {
                    content.skipBytes(Short.BYTES); // preference
                    yield new DnsRecord(DefaultDnsRecordDecoder.decodeName(content), 0);
                }
                case NS -> new DnsRecord(DefaultDnsRecordDecoder.decodeName(content), 0);
            };
        } catch (RuntimeException malformed) {
            throw new IOException("its answer has a malformed record of type " + type);
        }
    }

    /** Whether the name exists. */
    boolean found() {
        return code.equals(DnsResponseCode.NOERROR);
    }

    /** Whether it is known that the name does not exist. */
    boolean missing() {
        return code.equals(DnsResponseCode.NXDOMAIN);
    }
}

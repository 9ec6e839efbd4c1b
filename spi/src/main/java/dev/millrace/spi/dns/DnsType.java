package dev.millrace.spi.dns;

/** A type of records. */
public enum DnsType {
    /** Addresses of IPv4. */
    A,
    /** Addresses of IPv6. */
    AAAA,
    /** Services: names with ports. */
    SRV,
    /** Names that take mail. */
    MX,
    /** Names of name servers. */
    NS
}

package hansa.protocols.occi.text;

import hansa.protocols.occi.Locations;
import hansa.protocols.occi.Sink;

/** Writes {@code text/uri-list} (RFC 2483): one URL per line, each line ended by LF as HTTP allows. Stateless. */
public final class UriListWriter {
    /** @param base put before every path, see {@link Locations#under} */
    public byte[] locations(Iterable<String> locations, String base) {
        Sink sink = new Sink(1024);
        for (String location : locations) {
            sink.uri(Locations.under(base, location)).put('\n');
        }
        return sink.toBytes();
    }
}

package hansa.drivers.opennebula;

import java.util.ArrayList;
import java.util.List;

/** The placements of one machine, with its document as it was when the record was written last. */
final class OnedHistory {

    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        private final int sequence;
        private final long began;
        private long ended;
        private String body;

        private Entry(int sequence, long began, String body) {
            this.sequence = sequence;
            this.began = began;
            this.body = body;
        }
    }

    void open(long now, String body) {
        entries.add(new Entry(entries.size(), now, body));
    }

    void close(long now, String body) {
        if (!entries.isEmpty() && entries.getLast().ended == 0) {
            entries.getLast().ended = now;
            entries.getLast().body = body;
        }
    }

    /** As if the machine had never been ours. */
    void forgetTokens() {
        entries.forEach(entry -> entry.body = entry.body.replaceAll("<HANSA_TOKEN>.*?</HANSA_TOKEN>", ""));
    }

    /** Those that end after the first second and begin before the second one; -1 is no bound. */
    void write(OnedXml xml, int machine, long after, long before) {
        for (Entry entry : entries) {
            boolean ends = after < 0 || entry.ended == 0 || entry.ended > after;
            if (ends && (before < 0 || entry.began < before)) {
                xml.in(
                        "HISTORY",
                        record -> record.number("OID", machine)
                                .number("SEQ", entry.sequence)
                                .in("HOSTNAME", name -> name.text("h0"))
                                .number("STIME", entry.began)
                                .number("ETIME", entry.ended)
                                .raw(entry.body));
            }
        }
    }

    /** Moves everything into the past. */
    void age(long seconds) {
        List<Entry> older = entries.stream()
                .map(entry -> {
                    Entry moved = new Entry(entry.sequence, entry.began - seconds, entry.body);
                    moved.ended = entry.ended == 0 ? 0 : entry.ended - seconds;
                    return moved;
                })
                .toList();
        entries.clear();
        entries.addAll(older);
    }
}

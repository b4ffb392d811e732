package hansa.protocols.opennebula;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One placement of a virtual machine, from {@code one.vmpool.accounting}. Migrating, stopping and changing the size or the
 * devices of a machine close a record and open the next; what happens in between changes nothing in it.
 *
 * @param machine number of the machine, which may be gone
 * @param sequence counts the machine's records from 0
 * @param began when the machine was given to its host
 * @param ended empty while it is there
 * @param name of the machine
 * @param template the machine's, as it was when the record was written last
 * @param userTemplate likewise
 */
public record HistoryRecord(
        int machine,
        int sequence,
        Instant began,
        Optional<Instant> ended,
        String name,
        Element template,
        Element userTemplate) {

    /** @param record the element {@code HISTORY} */
    public static HistoryRecord of(Element record) throws OpenNebulaSyntaxException {
        Element vm = record.orNothing("VM");
        return new HistoryRecord(
                record.requiredInteger("OID"),
                record.requiredInteger("SEQ"),
                instant(record, "STIME"),
                Optional.of(instant(record, "ETIME")).filter(end -> !end.equals(Instant.EPOCH)),
                vm.text("NAME").orElse(""),
                vm.orNothing("TEMPLATE"),
                vm.orNothing("USER_TEMPLATE"));
    }

    private static Instant instant(Element record, String what) {
        return Instant.ofEpochSecond(Math.clamp(record.number(what).orElse(0), 0, Integer.MAX_VALUE));
    }

    /** @param records the element {@code HISTORY_RECORDS} */
    public static List<HistoryRecord> all(Element records) throws OpenNebulaSyntaxException {
        List<HistoryRecord> all = new ArrayList<>();
        for (Element record : records.children("HISTORY")) {
            all.add(of(record));
        }
        return List.copyOf(all);
    }
}

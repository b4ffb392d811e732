package hansa.federation.audit;

import java.util.List;
import java.util.OptionalLong;

/**
 * A part of the log.
 *
 * @param records newest first
 * @param before where to go on; empty at the log's beginning. A page may have less records than were asked for and yet go
 *     on, since one request looks at a bounded number of records
 */
public record AuditPage(List<AuditRecord> records, OptionalLong before) {

    public AuditPage {
        records = List.copyOf(records);
    }
}

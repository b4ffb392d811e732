package hansa.federation.vos;

import hansa.federation.stored.Micros;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Who the members are, for the capabilities above; asks nobody's leave. */
public final class Roster {

    private static final int PAGE = 1_000;
    private static final int LONGEST_NAME = 255;

    Roster() {}

    /**
     * A member.
     *
     * @param active whether the membership counts, that of the organisation included
     */
    public record Person(String caller, String name, boolean active) {}

    /** @throws hansa.kernel.base.Failure {@code resource.not-found} */
    public void require(Handle sql, String vo) {
        OrganisationTable.get(sql, vo);
    }

    public boolean exists(Handle sql, String vo) {
        return OrganisationTable.find(sql, vo).isPresent();
    }

    /** What people call them; the caller's id for who is no member, cut to what a name may have. */
    public String name(Handle sql, String vo, String caller) {
        return MemberTable.find(sql, vo, caller)
                .map(Member::name)
                .map(Roster::cut)
                .orElseGet(() -> cut(caller));
    }

    private static String cut(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
    }

    /** The next members behind that caller, by caller; empty behind the last. */
    public List<Person> page(Handle sql, String vo, String after, Instant now) {
        return sql.createQuery("select m.caller, m.name, case when m.suspended = '' and vo.suspended = ''"
                        + " and (m.expires is null or m.expires > :now) then 1 else 0 end"
                        + " from vo_member m join vo on vo.name = m.vo where m.vo = :vo and m.caller > :after"
                        + " order by m.caller limit :limit")
                .bind("now", Micros.of(now))
                .bind("vo", vo)
                .bind("after", after)
                .bind("limit", PAGE)
                .map((row, context) -> new Person(row.getString(1), cut(row.getString(2)), row.getLong(3) == 1))
                .list();
    }
}

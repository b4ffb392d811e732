package hansa.federation.vos;

import hansa.federation.stored.Micros;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Who the members are, for the capabilities above; asks nobody's leave. */
public final class Roster {

    private static final int PAGE = 1_000;
    private static final int LONGEST_NAME = 255;

    Roster() {}

    /**
     * A member.
     *
     * @param fqans groups and roles; of groups that lie in each other only the innermost need be there
     * @param active whether the membership counts, that of the organisation included
     */
    public record Person(String caller, String name, List<Fqan> fqans, boolean active) {

        public Person {
            fqans = List.copyOf(fqans);
        }

        Person with(List<Fqan> rights) {
            return new Person(
                    caller, name, Stream.concat(fqans.stream(), rights.stream()).toList(), active);
        }

        public boolean satisfies(Fqan wanted) {
            return fqans.stream().anyMatch(fqan -> fqan.satisfies(wanted));
        }
    }

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
        List<Person> bare = sql.createQuery("select m.caller, m.name, case when m.suspended = '' and vo.suspended = ''"
                        + " and (m.expires is null or m.expires > :now) then 1 else 0 end"
                        + " from vo_member m join vo on vo.name = m.vo where m.vo = :vo and m.caller > :after"
                        + " order by m.caller limit :limit")
                .bind("now", Micros.of(now))
                .bind("vo", vo)
                .bind("after", after)
                .bind("limit", PAGE)
                .map((row, context) -> new Person(
                        row.getString(1), cut(row.getString(2)), List.of(Fqan.member("/" + vo)), row.getLong(3) == 1))
                .list();
        if (bare.isEmpty()) {
            return bare;
        }
        Map<String, List<Fqan>> rights = MemberTable.rights(
                sql, vo, bare.getFirst().caller(), bare.getLast().caller());
        return bare.stream()
                .map(person -> person.with(rights.getOrDefault(person.caller(), List.of())))
                .toList();
    }
}

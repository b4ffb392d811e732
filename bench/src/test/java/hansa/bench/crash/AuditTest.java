package hansa.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AuditTest {

    private final Ledger ledger = new Ledger();

    @BeforeEach
    void fill() {
        for (String title : List.of("kept", "unanswered", "deleted", "half-deleted", "refused")) {
            ledger.creationAsked(title);
        }
        for (String title : List.of("kept", "deleted", "half-deleted")) {
            ledger.created(title, URI.create("/compute/" + title));
        }
        ledger.refused("refused");
        ledger.deletionAsked("deleted");
        ledger.deleted("deleted");
        ledger.deletionAsked("half-deleted");
    }

    private static List<Audit.Seen> seen(String... titles) {
        return Stream.of(titles).map(title -> new Audit.Seen(title, "active")).toList();
    }

    @Test
    void what_was_not_answered_may_be_there_or_not() {
        assertThat(Audit.ofBoth(ledger.entries(), seen("kept"), seen("kept"))).isEmpty();
        assertThat(Audit.ofBoth(
                        ledger.entries(),
                        seen("kept", "unanswered", "half-deleted"),
                        seen("kept", "unanswered", "half-deleted")))
                .isEmpty();
    }

    @Test
    void an_acknowledged_machine_that_is_missing_is_lost() {
        assertThat(Audit.ofNode(ledger.entries(), seen("unanswered")))
                .containsExactly("the node lost kept, whose creation it had acknowledged");
    }

    @Test
    void an_acknowledged_deletion_holds() {
        assertThat(Audit.ofNode(ledger.entries(), seen("kept", "deleted")))
                .containsExactly("the node has deleted again, whose deletion it had acknowledged");
    }

    @Test
    void what_is_being_deleted_may_be_listed_as_inactive_until_the_end() {
        List<Audit.Seen> node = List.of(new Audit.Seen("kept", "active"), new Audit.Seen("deleted", "inactive"));
        assertThat(Audit.ofNode(ledger.entries(), node)).isEmpty();
        assertThat(Audit.ofBoth(ledger.entries(), node, node))
                .containsExactly("the node still has deleted, which was deleted");
    }

    @Test
    void what_is_there_twice_is_doubled() {
        assertThat(Audit.ofNode(ledger.entries(), seen("kept", "kept"))).containsExactly("the node has kept 2 times");
        assertThat(Audit.ofBoth(ledger.entries(), seen("kept"), seen("kept", "kept")))
                .containsExactly("the cloud has kept 2 times");
    }

    @Test
    void what_was_refused_must_not_be_there() {
        assertThat(Audit.ofNode(ledger.entries(), seen("kept", "refused")))
                .containsExactly("the node has refused, which nobody asked for or it had refused");
    }

    @Test
    void node_and_cloud_agree_at_the_end() {
        assertThat(Audit.ofBoth(ledger.entries(), seen("kept", "unanswered"), seen("kept", "half-deleted")))
                .containsExactly(
                        "the cloud has half-deleted, which the node does not know",
                        "the node has unanswered (active), which the cloud has not");
    }
}

package hansa.federation.vos;

import hansa.federation.stored.Announcements;
import hansa.federation.stored.Documents;
import hansa.kernel.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What goes with every change: the event, the generation of all that is remembered, and who wants to know at once. */
final class Journal {

    private static final Documents DOCUMENTS = Documents.builder().build();

    private final Announcements announcements;
    private final List<Runnable> listeners = new ArrayList<>();
    private final List<BiConsumer<Tx, String>> inside = new ArrayList<>();

    Journal(Announcements announcements) {
        this.announcements = announcements;
    }

    /** What an event tells; empty texts where there is nothing to tell. */
    record News(String vo, String member, String right, String state, long generation) {}

    /** Before the first change: runs after each that this node made. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Before the first change: runs in the unit of work of each change of an organisation, at its end. */
    void inside(BiConsumer<Tx, String> listener) {
        inside.add(listener);
    }

    /** @param what behind {@code hansa.vo.}, for example {@code member.added} */
    void tell(Tx tx, String what, News news) {
        tx.sql()
                .createUpdate("update vo_generation set generation = generation + 1 where id = 1")
                .execute();
        announcements.tell(
                tx,
                "hansa.vo." + what,
                news.member().isEmpty() ? news.vo() : news.vo() + "/" + news.member(),
                DOCUMENTS.json(news));
        inside.forEach(listener -> listener.accept(tx, news.vo()));
        listeners.forEach(tx::afterCommit);
    }
}

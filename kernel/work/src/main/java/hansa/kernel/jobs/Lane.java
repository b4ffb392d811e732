package hansa.kernel.jobs;

import java.util.concurrent.Semaphore;

/** The places for jobs of one lane of a kind on this node. */
final class Lane {

    /** The lane of jobs that belong to none. */
    static final String REST = "";

    final String name;
    final Semaphore free;

    Lane(String name, int places) {
        this.name = name;
        this.free = new Semaphore(places);
    }
}

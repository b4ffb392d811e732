package hansa.kernel.bus;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The events of one subject in one batch, for one consumer, one after the other. Its counters belong to the subscriber's lock. */
final class Line implements Runnable {

    private final Subscriber subscriber;
    private final String subject;
    private final List<Event> events;
    private final CountDownLatch open;
    private final Thread thread;
    private int handled;
    private boolean takenBack;
    private boolean ended;

    Line(Subscriber subscriber, String subject, List<Event> events, CountDownLatch open) {
        this.subscriber = subscriber;
        this.subject = subject;
        this.events = events;
        this.open = open;
        this.thread = Thread.ofVirtual().name("consumer " + subscriber.name()).unstarted(this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            subscriber.inPlace(() -> {
                for (Event event : events) {
                    if (!subscriber.handle(event) || !count()) {
                        return;
                    }
                }
            });
        } finally {
            end();
            open.countDown();
        }
    }

    private boolean count() {
        synchronized (subscriber) {
            if (takenBack) {
                return false;
            }
            handled++;
            return true;
        }
    }

    private void end() {
        synchronized (subscriber) {
            ended = true;
            if (takenBack) {
                subscriber.lineEnded(subject);
            }
        }
    }

    boolean isHandled() {
        synchronized (subscriber) {
            return handled == events.size();
        }
    }

    /** The events that are not known to be handled; from here on they are the backlog's. */
    List<Event> takeBack() {
        synchronized (subscriber) {
            List<Event> rest = events.subList(handled, events.size());
            if (!rest.isEmpty()) {
                takenBack = true;
                subscriber.fallBehind(subject, rest.size(), !ended);
                if (!ended) {
                    thread.interrupt();
                }
            }
            return rest;
        }
    }
}

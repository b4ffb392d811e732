package hansa.federation.placement;

import java.util.List;

/** What one cloud has left. Immutable, so that plans share those of the clouds that they do not touch. */
final class Left {

    private final Room free;
    private final Room quota;
    private final long running;
    private final int[] caps;

    private Left(Room free, Room quota, long running, int[] caps) {
        this.free = free;
        this.quota = quota;
        this.running = running;
        this.caps = caps;
    }

    /** @param flavours in the order in which they are numbered */
    static Left of(CloudOffer cloud, List<FlavourOffer> flavours) {
        int[] caps = flavours.stream()
                .mapToInt(flavour -> flavour.cap().orElse(Integer.MAX_VALUE))
                .toArray();
        return new Left(cloud.free(), cloud.quota(), cloud.running(), caps);
    }

    /** @param machines 1 for one that comes, -1 for one that goes */
    Left after(int number, FlavourOffer flavour, int machines) {
        int[] after = caps.clone();
        if (flavour.cap().isPresent()) {
            after[number] -= machines;
        }
        return new Left(free.less(flavour, machines), quota.less(flavour, machines), running + machines, after);
    }

    Left within(Room narrower) {
        return new Left(free, quota.and(narrower), running, caps);
    }

    Room free() {
        return free;
    }

    Room quota() {
        return quota;
    }

    long running() {
        return running;
    }

    int cap(int flavour) {
        return flavour == Judge.FREE_FORM ? Integer.MAX_VALUE : caps[flavour];
    }
}

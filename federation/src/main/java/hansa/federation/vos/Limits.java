package hansa.federation.vos;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the members of a virtual organisation may have together at a time, in the whole installation; empty = no limit.
 *
 * @param memoryMib of all machines
 * @param volumeMib size of all volumes
 * @param images number of images that are shared with it
 * @param imageMib size of their files
 * @param memberShare percent of each limit that one member may have, 1 to 100; empty = all of it
 * @param generation rises with every change; 0 where none was ever set
 */
public record Limits(
        Optional<Long> machines,
        Optional<Long> cores,
        Optional<Long> memoryMib,
        Optional<Long> volumes,
        Optional<Long> volumeMib,
        Optional<Long> networks,
        Optional<Long> images,
        Optional<Long> imageMib,
        Optional<Integer> memberShare,
        long generation) {

    private static final long MOST = 1L << 50;

    public static final Limits NONE = new Limits(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0);

    public Limits {
        Stream.of(machines, cores, memoryMib, volumes, volumeMib, networks, images, imageMib)
                .flatMap(Optional::stream)
                .filter(limit -> limit < 0 || limit > MOST)
                .findFirst()
                .ifPresent(limit -> {
                    throw Wording.invalid("A limit is 0 to " + MOST + ", not " + limit + ".");
                });
        memberShare.filter(share -> share < 1 || share > 100).ifPresent(share -> {
            throw Wording.invalid("A member's share is 1 to 100 percent, not " + share + ".");
        });
    }

    Limits ofGeneration(long next) {
        return new Limits(
                machines, cores, memoryMib, volumes, volumeMib, networks, images, imageMib, memberShare, next);
    }

    /** What one member may have of what all may have; rounded up, so that a share is never nothing. */
    public Optional<Long> share(Optional<Long> limit) {
        return memberShare.isEmpty() ? Optional.empty() : limit.map(all -> (all * memberShare.get() + 99) / 100);
    }
}

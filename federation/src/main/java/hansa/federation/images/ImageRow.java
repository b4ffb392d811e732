package hansa.federation.images;

import hansa.cloud.CloudName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An image as it lies in its table. */
record ImageRow(Image image, ImageWork work, long version) {

    ImageRow with(Image changed) {
        return new ImageRow(changed, work, version);
    }

    Image state(ImageState state, String message) {
        return change(
                image.format(), image.sizeBytes(), image.sha512(), state, message, image.clouds(), image.anywhere());
    }

    Image fetched(long size, String sha512) {
        return change(image.format(), size, Optional.of(sha512), ImageState.READY, "", image.clouds(), true);
    }

    Image at(Set<CloudName> clouds) {
        return change(
                image.format(),
                image.sizeBytes(),
                image.sha512(),
                image.state(),
                image.message(),
                clouds,
                image.anywhere());
    }

    /** A cloud has made it of a machine; from there it can be brought anywhere. */
    Image saved(String format, long size) {
        return change(format, size, image.sha512(), ImageState.READY, "", image.clouds(), true);
    }

    /** It belongs to somebody, or to nobody, and is used by others or not. */
    Image shared(Optional<String> owner, Audience audience) {
        return new Image(
                image.id(),
                owner,
                audience,
                image.title(),
                image.format(),
                image.sizeBytes(),
                image.sha512(),
                image.source(),
                image.state(),
                image.message(),
                image.clouds(),
                image.anywhere(),
                image.created(),
                image.changed(),
                image.generation());
    }

    private Image change(
            String format,
            long size,
            Optional<String> sha512,
            ImageState state,
            String message,
            Set<CloudName> clouds,
            boolean anywhere) {
        return new Image(
                image.id(),
                image.owner(),
                image.audience(),
                image.title(),
                format,
                size,
                sha512,
                image.source(),
                state,
                message,
                clouds,
                anywhere,
                image.created(),
                image.changed(),
                image.generation());
    }

    static Image touched(Image image, Instant now, long generation) {
        return new Image(
                image.id(),
                image.owner(),
                image.audience(),
                image.title(),
                image.format(),
                image.sizeBytes(),
                image.sha512(),
                image.source(),
                image.state(),
                image.message(),
                image.clouds(),
                image.anywhere(),
                image.created(),
                now,
                generation);
    }
}

package hansa.faces.rest;

import hansa.cloud.CloudName;
import hansa.federation.images.ImageId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Images as they look on the wire. */
final class ImageWire {

    private ImageWire() {}

    record Image(
            String id,
            String title,
            Optional<String> owner,
            Optional<String> vo,
            String format,
            long sizeBytes,
            Optional<String> sha512,
            Optional<String> source,
            String state,
            String message,
            List<String> clouds,
            boolean anywhere,
            Instant created,
            Instant changed,
            long generation) {

        static Image of(hansa.federation.images.Image image) {
            return new Image(
                    image.id().value(),
                    image.title(),
                    image.owner(),
                    image.vo(),
                    image.format(),
                    image.sizeBytes(),
                    image.sha512(),
                    image.source().map(URI::toString),
                    Texts.of(image.state()),
                    image.message(),
                    image.clouds().stream().map(CloudName::value).sorted().toList(),
                    image.anywhere(),
                    image.created(),
                    image.changed(),
                    image.generation());
        }
    }

    record NewImage(
            Optional<String> id,
            Optional<String> title,
            String format,
            String source,
            Optional<Long> sizeBytes,
            Optional<String> sha512) {

        hansa.federation.images.NewImage wanted() {
            return new hansa.federation.images.NewImage(
                    id.map(ImageId::new), title.orElse(""), format, Texts.uri("source", source), sizeBytes, sha512);
        }
    }

    record ImageCopy(String format, String state, long sizeBytes, Optional<String> sha512, String message) {

        static ImageCopy of(hansa.federation.images.ImageCopy copy) {
            return new ImageCopy(
                    copy.format().word(), Texts.of(copy.state()), copy.sizeBytes(), copy.sha512(), copy.message());
        }
    }
}

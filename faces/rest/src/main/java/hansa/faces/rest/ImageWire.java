package hansa.faces.rest;

import hansa.cloud.CloudName;
import hansa.federation.caller.Caller;
import hansa.federation.images.Audience;
import hansa.federation.images.ImageId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
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
            String share,
            Optional<String> group,
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
                    shareOf(image.audience()),
                    image.audience().group(),
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

    private static String shareOf(Audience audience) {
        return audience.isEverybody() ? "everybody" : audience.vo().isPresent() ? "vo" : "none";
    }

    /**
     * @param share none, vo or everybody
     * @param group with which of the virtual organisation's groups; the organisation itself is one
     */
    record ImageChange(String share, Optional<String> group) {

        Audience wanted(Caller caller) {
            if (group.isPresent() && !share.equals("vo")) {
                throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "A 'group' goes with \"share\": \"vo\" alone.");
            }
            return switch (share) {
                case "none" -> Audience.NOBODY;
                case "everybody" -> Audience.EVERYBODY;
                case "vo" ->
                    Audience.members(
                            group.or(() -> caller.vo().map(vo -> "/" + vo))
                                    .orElseThrow(
                                            () -> new Failure(
                                                    ErrorCode.ATTRIBUTE_MISSING,
                                                    "Say with which virtual organisation or group of one; without that it is the organisation in whose name you act, and you act for none.")));
                default -> throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "'share' is none, vo or everybody.");
            };
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

package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.cloud.images.DiskFormat;
import hansa.faces.rest.ByteRange.Asked;
import hansa.federation.caller.Caller;
import hansa.federation.images.Image;
import hansa.federation.images.ImageCopies;
import hansa.federation.images.ImageCopy;
import hansa.federation.images.ImageId;
import hansa.federation.images.Images;
import hansa.federation.images.NewUpload;
import hansa.federation.images.Sharing;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /image-uploads} and {@code /images/{id}/copies}: the bytes of images, in and out. */
final class ImageContentRoutes {

    private static final String BYTES = "application/octet-stream";
    private static final int BUFFER = 128 * 1024;

    private final Wire wire;
    private final Images images;

    ImageContentRoutes(Wire wire, Images images) {
        this.wire = wire;
        this.images = images;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.POST, "/image-uploads", images.uploads().largest(), this::upload),
                caller(
                        Method.GET,
                        "/images/{id}/copies",
                        (request, caller) -> wire.answer(
                                200,
                                Listing.of(
                                        images.copies().list(caller, id(request)).stream()
                                                .map(ImageWire.ImageCopy::of)
                                                .toList(),
                                        false,
                                        ImageWire.ImageCopy::format,
                                        "",
                                        Query.of(request)))),
                caller(Method.PUT, "/images/{id}/copies/{format}", this::want),
                caller(
                        Method.GET,
                        "/images/{id}/copies/{format}",
                        (request, caller) -> wire.answer(
                                200,
                                ImageWire.ImageCopy.of(images.copies().get(caller, id(request), format(request))))),
                caller(Method.GET, "/images/{id}/copies/{format}/content", this::content));
    }

    private Response upload(Request request, Caller caller) {
        Query query = Query.of(request, "id", "title", "format", "sizeBytes", "sha512", "share");
        String type = request.header("Content-Type").orElse(BYTES);
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(BYTES)) {
            throw new Failure(
                    ErrorCode.REQUEST_MEDIA_TYPE, "An image is sent as it is, with Content-Type: " + BYTES + ".");
        }
        OptionalLong size = query.number("sizeBytes", 1, Long.MAX_VALUE);
        NewUpload wanted = new NewUpload(
                query.text("id").map(ImageId::new),
                query.text("title").orElse(""),
                query.text("format")
                        .orElseThrow(() -> new Failure(
                                ErrorCode.ATTRIBUTE_MISSING,
                                "The query parameter 'format' says what the image is: " + DiskFormat.words()
                                        + "; it is never guessed.")),
                size.isPresent() ? Optional.of(size.getAsLong()) : Optional.empty(),
                query.text("sha512"),
                switch (query.text("share").orElse("none")) {
                    case "none" -> Sharing.PRIVATE;
                    case "vo" -> Sharing.ORGANISATION;
                    case "everybody" -> Sharing.EVERYBODY;
                    default ->
                        throw new Failure(
                                ErrorCode.ATTRIBUTE_INVALID, "The query parameter 'share' is none, vo or everybody.");
                });
        Image image = images.uploads().receive(caller, wanted, request.bodyLength(), request.bodyStream());
        return Generations.tagged(wire.answer(201, ImageWire.Image.of(image)), image.generation())
                .with("Location", Routes.path(request, "images", image.id().value()));
    }

    private Response want(Request request, Caller caller) {
        ImageCopy copy = images.copies().want(caller, id(request), format(request));
        return wire.answer(copy.state() == ImageCopy.State.READY ? 200 : 202, ImageWire.ImageCopy.of(copy));
    }

    private Response content(Request request, Caller caller) {
        DiskFormat format = format(request);
        ImageCopies.Content content = images.copies().open(caller, id(request), format);
        String tag = "\"" + content.sha512() + "\"";
        boolean current = request.header("If-Range").map(tag::equals).orElse(true);
        Optional<String> range = request.header("Range").filter(_ -> current);
        return switch (ByteRange.asked(range, content.size())) {
            case Asked.Whole() ->
                described(200, content, new ByteRange(0, content.size()), tag)
                        .with(
                                "Repr-Digest",
                                "sha-512=:"
                                        + Base64.getEncoder()
                                                .encodeToString(HexFormat.of().parseHex(content.sha512())) + ":")
                        .with(
                                "Content-Disposition",
                                "attachment; filename=\"" + fileName(request.pathParameter("id"), format) + "\"");
            case Asked.Piece(ByteRange piece) ->
                described(206, content, piece, tag).with("Content-Range", piece.of(content.size()));
            case Asked.Outside() -> Response.empty(416).with("Content-Range", "bytes */" + content.size());
        };
    }

    private static Response described(int status, ImageCopies.Content content, ByteRange piece, String tag) {
        return Response.streamed(status, BYTES, out -> copy(content.file(), piece, out))
                .with("Content-Length", Long.toString(piece.length()))
                .with("Accept-Ranges", "bytes")
                .with("ETag", tag);
    }

    private static void copy(Path file, ByteRange piece, OutputStream out) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(piece.from());
            InputStream in = Channels.newInputStream(channel);
            byte[] buffer = new byte[BUFFER];
            long left = piece.length();
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("the image's file is shorter than it was");
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private static String fileName(String id, DiskFormat format) {
        String plain = id.replaceAll("[^A-Za-z0-9._-]", "_");
        return (plain.length() > 100 ? plain.substring(0, 100) : plain) + "." + format.word();
    }

    private static ImageId id(Request request) {
        return new ImageId(request.pathParameter("id"));
    }

    private static DiskFormat format(Request request) {
        String word = request.pathParameter("format");
        return DiskFormat.of(word)
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "There is no format '" + Wire.printable(word) + "'; there are " + DiskFormat.words() + "."));
    }
}

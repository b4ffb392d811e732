package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.faces.rest.ImageWire.ImageChange;
import hansa.faces.rest.ImageWire.NewImage;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.images.Image;
import hansa.federation.images.ImageId;
import hansa.federation.images.Images;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /images}. */
final class ImageRoutes {

    private static final int SCANNED = 1_000;

    private final Wire wire;
    private final Images images;
    private final Shelf<Image, ImageWire.Image> shelf;

    ImageRoutes(Wire wire, Images images, Changes changes) {
        this.wire = wire;
        this.images = images;
        this.shelf = new Shelf<>(
                "images",
                "image",
                image -> image.id().value(),
                Image::generation,
                ImageWire.Image::of,
                new Source(images),
                wire,
                changes);
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/images", this::list),
                caller(
                        Method.POST,
                        "/images",
                        (request, caller) -> shelf.created(
                                request,
                                images.register(
                                        caller,
                                        wire.read(request, NewImage.class).wanted()))),
                caller(Method.GET, "/images/{id}", shelf::show),
                caller(Method.PATCH, "/images/{id}", this::share),
                caller(Method.DELETE, "/images/{id}", (request, caller) -> {
                    shelf.checkUnchanged(request, caller);
                    images.delete(caller, new ImageId(request.pathParameter("id")));
                    return Response.empty(202);
                }));
    }

    private Response share(Request request, Caller caller) {
        ImageChange change = wire.readPatch(request, ImageChange.class, List.of());
        return shelf.one(
                200,
                images.sharing()
                        .share(
                                caller,
                                new ImageId(request.pathParameter("id")),
                                change.wanted(caller),
                                Generations.demanded(request)));
    }

    private Response list(Request request, Caller caller) {
        Query query = Query.ofList(request, "title");
        int limit = query.limit();
        List<Image> found = query.text("title")
                .map(title -> titled(caller, title, query.after(), limit + 1))
                .orElseGet(() -> images.list(caller, new Page(query.after(), 0, limit + 1)));
        List<ImageWire.Image> items =
                found.stream().limit(limit).map(ImageWire.Image::of).toList();
        return wire.answer(
                200,
                Listing.of(items, found.size() > limit, ImageWire.Image::id, Routes.path(request, "images"), query));
    }

    /** Looks through the images page by page; there are few of them, and none is indexed by its title. */
    private List<Image> titled(Caller caller, String title, Optional<String> after, int limit) {
        List<Image> found = new ArrayList<>();
        Optional<String> last = after;
        boolean more = true;
        while (more && found.size() < limit) {
            List<Image> page = images.list(caller, new Page(last, 0, SCANNED));
            page.stream().filter(image -> image.title().equals(title)).forEach(found::add);
            more = page.size() == SCANNED;
            last = more ? Optional.of(page.getLast().id().value()) : last;
        }
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    private record Source(Images images) implements Shelf.Source<Image> {

        @Override
        public Image get(Caller caller, String id) {
            return images.get(caller, new ImageId(id));
        }

        @Override
        public List<Image> getAll(Caller caller, List<String> ids) {
            return ids.stream().map(id -> get(caller, id)).toList();
        }

        @Override
        public Stamp stamp(Caller caller, String id) {
            return new Stamp(id, get(caller, id).generation());
        }

        @Override
        public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
            return images.list(caller, page).stream()
                    .map(image -> new Stamp(image.id().value(), image.generation()))
                    .toList();
        }
    }
}

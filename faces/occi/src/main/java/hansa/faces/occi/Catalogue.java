package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Tag;
import hansa.federation.compute.TagService;
import hansa.federation.images.Image;
import hansa.federation.images.ImageId;
import hansa.federation.images.ImageState;
import hansa.federation.images.Images;
import hansa.federation.listing.Page;
import hansa.federation.sites.Flavour;
import hansa.federation.sites.FlavourId;
import hansa.federation.sites.Sites;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The categories that a caller can use: those of the standards, the templates of images and flavours, and users' own. */
final class Catalogue {

    private static final int PAGE = 1_000;
    private static final int MOST_VIEWS = 256;

    private final Model base;
    private final TemplateNames names;
    private final Images images;
    private final Sites sites;
    private final TagService tags;
    private final Map<String, View> views = new ConcurrentHashMap<>();

    Catalogue(Model base, TemplateNames names, Images images, Sites sites, TagService tags) {
        this.base = base;
        this.names = names;
        this.images = images;
        this.sites = sites;
        this.tags = tags;
    }

    /** What a caller's model was made of, and the model. */
    private record View(List<Mixin> templates, List<Tag> tags, Model model) {}

    /** The standards' categories, without templates and users' own. */
    Model base() {
        return base;
    }

    TemplateNames names() {
        return names;
    }

    /** Everything that the caller's query interface shows; the same object as long as nothing of it changes. */
    Model model(Caller caller) {
        List<Mixin> templates = new ArrayList<>();
        imagesOf(caller).forEach(image -> templates.add(template(image)));
        sites.flavours(caller).forEach(flavour -> templates.add(template(flavour)));
        List<Tag> userTags = tags.list(caller);
        String who = caller.id() + ' ' + caller.vo().orElse("") + ' ' + caller.operator();
        View known = views.get(who);
        if (known != null && known.templates().equals(templates) && known.tags().equals(userTags)) {
            return known.model();
        }
        List<Mixin> provided = new ArrayList<>(templates);
        userTags.forEach(tag -> provided.add(mixin(tag)));
        Model model = base.providing(provided);
        if (views.size() >= MOST_VIEWS) {
            views.clear();
        }
        views.put(who, new View(List.copyOf(templates), List.copyOf(userTags), model));
        return model;
    }

    private List<Image> imagesOf(Caller caller) {
        List<Image> all = new ArrayList<>();
        List<Image> page = images.list(caller, Page.first(PAGE));
        while (!page.isEmpty()) {
            page.stream().filter(Catalogue::isOffered).forEach(all::add);
            page = page.size() < PAGE
                    ? List.of()
                    : images.list(caller, Page.after(page.getLast().id().value(), PAGE));
        }
        return all;
    }

    private static boolean isOffered(Image image) {
        return switch (image.state()) {
            case READY, PENDING -> true;
            case ERROR, DELETING -> false;
        };
    }

    private Mixin template(Image image) {
        String title = image.state() == ImageState.PENDING ? image.title() + " (not ready yet)" : image.title();
        return Templates.image(names.of(image.id()), title);
    }

    private Mixin template(Flavour flavour) {
        Map<String, AttributeValue> defaults = new LinkedHashMap<>();
        defaults.put(Machines.CORES, AttributeValue.of(flavour.size().cores()));
        defaults.put(Machines.MEMORY, Gibibytes.ofMib(flavour.size().memoryMib()));
        if (flavour.size().diskGib() > 0) {
            defaults.put(
                    "occi.compute.ephemeral_storage.size",
                    AttributeValue.of(flavour.size().diskGib()));
        }
        return Templates.flavour(names.of(flavour), flavour.title(), defaults);
    }

    static Mixin mixin(Tag tag) {
        List<CategoryId> depends =
                tag.related().flatMap(CategoryId::find).map(List::of).orElse(List.of());
        return new Mixin(
                CategoryId.parse(tag.id()),
                tag.title(),
                depends,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(tag.location()));
    }

    /**
     * What a mixin means.
     *
     * @throws Failure {@code category.unknown}
     */
    Marker.Named marker(Caller caller, CategoryId id) {
        Optional<Mixin> declared = base.mixin(id);
        if (declared.isPresent()) {
            return new Marker.Capability(declared.get());
        }
        Optional<ImageId> image = names.image(id);
        if (image.isPresent()) {
            return new Marker.Image(image.get());
        }
        Optional<FlavourId> flavour = names.flavour(id);
        if (flavour.isPresent()) {
            return new Marker.Flavour(flavour.get());
        }
        if (base.category(id).isPresent()) {
            throw new Failure(
                    ErrorCode.CATEGORY_UNKNOWN, "The category " + id + " is no mixin; leave it out or correct it.");
        }
        try {
            Tag tag = tags.get(caller, id.toString());
            return new Marker.UserTag(tag.id(), tag.location());
        } catch (Failure e) {
            throw e.code() == ErrorCode.CATEGORY_UNKNOWN ? unknown(id, e) : e;
        }
    }

    private static Failure unknown(CategoryId id, Failure cause) {
        return new Failure(
                ErrorCode.CATEGORY_UNKNOWN,
                "The mixin " + id + " is unknown here; see /-/ for those that are offered.",
                cause);
    }

    /** What the collection at a path such as {@code /mixin/os_tpl/debian12/} is of. */
    Optional<Marker.Named> at(Caller caller, String location) {
        Optional<Marker.Named> declared =
                base.at(location).flatMap(category -> base.mixin(category.id())).map(Marker.Capability::new);
        if (declared.isPresent()) {
            return declared;
        }
        return term(location, "/mixin/os_tpl/")
                .map(term -> new ImageId(TemplateNames.name(term)))
                .<Marker.Named>map(id -> new Marker.Image(images.get(caller, id).id()))
                .or(() -> term(location, "/mixin/resource_tpl/")
                        .map(term -> new FlavourId(TemplateNames.name(term)))
                        .map(id -> new Marker.Flavour(sites.flavour(id).id())))
                .or(() -> tags.list(caller).stream()
                        .filter(tag -> tag.location().equals(location))
                        .findFirst()
                        .map(tag -> new Marker.UserTag(tag.id(), tag.location())));
    }

    /** Whatever has its collection below a path such as {@code /mixin/}. */
    Optional<Marker> below(Caller caller, String folder) {
        Set<String> own = tags.list(caller).stream()
                .filter(tag -> tag.location().startsWith(folder))
                .map(Tag::id)
                .collect(Collectors.toSet());
        boolean declared = base.mixins().stream()
                .anyMatch(mixin ->
                        mixin.location().filter(path -> path.startsWith(folder)).isPresent());
        return declared || !own.isEmpty() ? Optional.of(new Marker.Below(folder, own)) : Optional.empty();
    }

    private static Optional<String> term(String location, String folder) {
        boolean fits = location.startsWith(folder)
                && location.length() > folder.length() + 1
                && location.indexOf('/', folder.length()) == location.length() - 1;
        return fits ? Optional.of(location.substring(folder.length(), location.length() - 1)) : Optional.empty();
    }

    /** The template of an image as an entity shows it. */
    Mixin template(ImageId image) {
        return Templates.image(names.of(image), "");
    }

    /** The template of the images that a caller has just made. */
    Mixin template(Caller caller, ImageId image) {
        return template(images.get(caller, image));
    }

    /** Whether os_tpl and resource_tpl themselves are meant, which a machine cannot be made from. */
    static boolean isTemplateParent(Mixin mixin) {
        return mixin.id().equals(Infrastructure.OS_TEMPLATE) || mixin.id().equals(Infrastructure.RESOURCE_TEMPLATE);
    }
}

package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.ImageState;
import hansa.protocols.opennebula.Value;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The methods of images. */
final class OnedImages {

    private static final long DATASTORE_MIB = 1024L * 1024;

    private final Oned oned;
    private final Duration step;

    OnedImages(Oned oned, Duration step) {
        this.oned = oned;
        this.step = step;
    }

    void register() {
        registerCopies();
        oned.calls.add("one.imagepool.info", "iii", (user, parameters) -> Value.of(pool(user, parameters.number(0))));
        oned.calls.add("one.image.info", "i", (user, parameters) -> {
            OnedXml xml = new OnedXml();
            usable(user, parameters.number(0)).write(xml);
            return Value.of(xml.toString());
        });
        oned.calls.add("one.image.allocate", "si", this::allocate);
        oned.calls.add("one.image.delete", "i", (user, parameters) -> {
            OnedImage image = own(user, parameters.number(0));
            if (image.state() == ImageState.LOCKED) {
                throw new OnedRefusal(
                        ErrorKind.INTERNAL,
                        "Image locked, use --force flag to remove the image. Force delete may leave some files on"
                                + " Datastore");
            }
            if (!image.machines.isEmpty()) {
                throw new OnedRefusal(
                        ErrorKind.ACTION,
                        "[one.image.delete] Error deleting image [" + image.id + "]. The image is in use");
            }
            image.go(System.nanoTime() + step.toNanos());
            oned.store().remove(image.id);
            return Value.of(image.id);
        });
        oned.calls.add("one.image.update", "isi", (user, parameters) -> {
            OnedImage image = own(user, parameters.number(0));
            if (parameters.number(2) == 0) {
                image.template.clear();
            }
            Oned.parse(parameters.text(1)).children().forEach(one -> image.template.put(one.name(), one.text()));
            return Value.of(image.id);
        });
        oned.calls.add("one.image.resize", "is", (user, parameters) -> {
            OnedImage image = own(user, parameters.number(0));
            long size = Long.parseLong(parameters.text(1));
            if (image.state() != ImageState.READY || size < image.sizeMib) {
                throw new OnedRefusal(
                        ErrorKind.ACTION, "[one.image.resize] Cannot resize image in this state or to less");
            }
            image.sizeMib = size;
            image.readyAt = System.nanoTime() + step.toNanos();
            return Value.of(image.id);
        });
    }

    private void registerCopies() {
        oned.calls.add("one.image.clone", "isi", (user, parameters) -> {
            OnedImage source = usable(user, parameters.number(0));
            if (source.state() != ImageState.READY && source.state() != ImageState.USED) {
                throw new OnedRefusal(ErrorKind.ALLOCATE, "Cannot clone image in state: " + source.state());
            }
            return Value.of(copy(user, source, parameters.text(1)).id);
        });
        oned.calls.add("one.image.persistent", "ib", (user, parameters) -> {
            OnedImage image = own(user, parameters.number(0));
            if (image.state() != ImageState.READY) {
                throw new OnedRefusal(ErrorKind.INTERNAL, "Could not make image persistent: wrong state");
            }
            image.persistent = parameters.flag(1);
            return Value.of(image.id);
        });
    }

    /** With the attributes of its source, and not persistent. */
    OnedImage copy(int user, OnedImage source, String name) {
        requireFree(user, name);
        OnedImage image = oned.addImage(user, name, source.type, false, source.sizeMib);
        image.template.putAll(source.template);
        image.format = source.format;
        oned.store().copy(source.id, image.id);
        return image;
    }

    private void requireFree(int user, String name) {
        oned.images.values().stream()
                .filter(image -> image.owner == user && image.name.equals(name))
                .findFirst()
                .ifPresent(image -> {
                    throw new OnedRefusal(
                            ErrorKind.ALLOCATE,
                            "[one.image.allocate] NAME is already taken by IMAGE " + image.id + ".");
                });
    }

    private String pool(int user, int filter) {
        OnedXml xml = new OnedXml();
        xml.in(
                "IMAGE_POOL",
                pool -> oned.images.values().stream()
                        .filter(image ->
                                filter == -3 ? image.owner == user : image.forAll || Oned.mayManage(user, image.owner))
                        .forEach(image -> image.write(pool)));
        return xml.toString();
    }

    OnedImage usable(int user, int id) {
        OnedImage image = oned.images.get(id);
        if (image == null) {
            throw new OnedRefusal(ErrorKind.NO_EXISTS, "[one.image.info] Error getting image [" + id + "].");
        }
        if (!image.forAll && !Oned.mayManage(user, image.owner)) {
            throw new OnedRefusal(
                    ErrorKind.AUTHORIZATION,
                    "[one.image.info] User [" + user + "] : Not authorized to perform USE IMAGE [" + id + "].");
        }
        return image;
    }

    private OnedImage own(int user, int id) {
        OnedImage image = usable(user, id);
        if (!Oned.mayManage(user, image.owner)) {
            throw new OnedRefusal(
                    ErrorKind.AUTHORIZATION,
                    "[one.image.update] User [" + user + "] : Not authorized to perform MANAGE IMAGE [" + id + "].");
        }
        return image;
    }

    private Value allocate(int user, OnedCalls.Parameters parameters) {
        Element template = Oned.parse(parameters.text(0));
        String name = template.text("NAME")
                .orElseThrow(() -> new OnedRefusal(ErrorKind.ALLOCATE, "[one.image.allocate] No NAME in template"));
        if (parameters.number(1) != 1) {
            throw new OnedRefusal(
                    ErrorKind.NO_EXISTS,
                    "[one.image.allocate] Error getting datastore [" + parameters.number(1) + "].");
        }
        requireFree(user, name);
        long size = template.number("SIZE").orElse(0);
        if (size > DATASTORE_MIB) {
            throw new OnedRefusal(ErrorKind.ACTION, "[one.image.allocate] Not enough space in datastore");
        }
        int type =
                template.text("TYPE").filter(text -> text.equals("DATABLOCK")).isPresent() ? 2 : 0;
        Optional<URI> path = template.text("PATH").map(URI::create);
        // The size of what is fetched is asked for before it is registered.
        long fetched = path.isPresent() ? oned.store().sizeMib(path.get()) : size;
        OnedImage image = oned.addImage(user, name, type, template.flag("PERSISTENT"), fetched);
        image.format = template.text("FORMAT").orElse("raw");
        path.ifPresent(from -> oned.store().fetch(from, image));
        template.children().stream()
                .filter(one -> !one.name().matches("NAME|TYPE|SIZE|PERSISTENT"))
                .forEach(one -> image.template.put(one.name(), one.text()));
        return Value.of(image.id);
    }
}

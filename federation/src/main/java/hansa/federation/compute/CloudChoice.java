package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.ImageStore;
import hansa.cloud.Size;
import hansa.federation.caller.Caller;
import hansa.federation.images.Image;
import hansa.federation.images.ImageState;
import hansa.federation.images.Images;
import hansa.federation.policy.Action;
import hansa.federation.sites.CloudTerms;
import hansa.federation.sites.FacetNames;
import hansa.federation.sites.Offer;
import hansa.federation.sites.Sites;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Finds the cloud for a machine: the first in configured order that has all that the machine needs. */
final class CloudChoice {

    private static final Size UNSAID = new Size(1, 1024, 0);

    private final Access access;
    private final Sites sites;
    private final Images images;
    private final ResourceTable<Volume, VolumeWork> volumes;
    private final NetworkReferences networks;

    CloudChoice(
            Access access,
            Sites sites,
            Images images,
            ResourceTable<Volume, VolumeWork> volumes,
            NetworkReferences networks) {
        this.access = access;
        this.sites = sites;
        this.images = images;
        this.volumes = volumes;
        this.networks = networks;
    }

    /**
     * Where a machine goes.
     *
     * @param networks of its interfaces, in their order
     */
    record Choice(CloudName cloud, Size size, List<Network> networks) {}

    Choice choose(Handle sql, Caller caller, NewMachine wanted) {
        List<CloudTerms> candidates = candidates(sql, wanted.cloud());
        Image image = image(sql, caller, wanted, candidates);
        List<Offer> offers = offers(sql, wanted, candidates);
        volumes(sql, caller, wanted);
        List<String> reasons = new ArrayList<>();
        Optional<Failure> unresolved = Optional.empty();
        Optional<Guarded> denied = Optional.empty();
        for (CloudTerms terms : candidates) {
            Optional<Size> size = size(wanted, offers, terms);
            Optional<String> reason = unfit(sql, wanted, image, size, terms);
            if (reason.isPresent() || size.isEmpty()) {
                reason.ifPresent(reasons::add);
                continue;
            }
            Choice chosen = new Choice(terms.name(), size.get(), List.of());
            Guarded machine = MachineCreation.guarded(caller, wanted, chosen);
            if (!access.may(caller, Action.MACHINE_CREATE, machine)) {
                denied = denied.or(() -> Optional.of(machine));
                continue;
            }
            try {
                return new Choice(terms.name(), size.get(), networks.resolve(sql, caller, terms.name(), wanted.nics()));
            } catch (Failure e) {
                unresolved = unresolved.or(() -> Optional.of(e));
            }
        }
        if (unresolved.isEmpty()) {
            denied.ifPresent(machine -> access.require(caller, Action.MACHINE_CREATE, machine));
        }
        throw unresolved.orElseGet(
                () -> Input.invalid("No cloud has all that the machine needs: " + String.join("; ", reasons) + "."));
    }

    List<CloudTerms> candidates(Handle sql, Optional<CloudName> named) {
        List<CloudTerms> all = sites.terms(sql);
        if (all.isEmpty()) {
            throw new Failure(
                    ErrorCode.CAPACITY_EXHAUSTED, "No cloud is configured; add one under 'clouds' and restart.");
        }
        if (named.isEmpty()) {
            return all;
        }
        List<CloudTerms> chosen =
                all.stream().filter(terms -> terms.name().equals(named.get())).toList();
        if (chosen.isEmpty()) {
            throw Input.invalid("There is no cloud '" + named.get() + "'; the clouds are "
                    + String.join(
                            ", ",
                            all.stream().map(terms -> terms.name().value()).toList()) + ".");
        }
        return chosen;
    }

    /**
     * The first of the clouds that has what the thing needs and where the caller may make it.
     *
     * @param made the thing at a cloud
     * @throws Failure {@code policy.denied} of the first cloud, where the caller may make it at none
     */
    CloudTerms permitted(Caller caller, Action action, List<CloudTerms> able, Function<CloudName, Guarded> made) {
        if (able.size() == 1) {
            access.require(caller, action, made.apply(able.getFirst().name()));
            return able.getFirst();
        }
        return able.stream()
                .filter(terms -> access.may(caller, action, made.apply(terms.name())))
                .findFirst()
                .orElseGet(() -> {
                    access.require(caller, action, made.apply(able.getFirst().name()));
                    return able.getFirst();
                });
    }

    private Image image(Handle sql, Caller caller, NewMachine wanted, List<CloudTerms> candidates) {
        Image image = images.find(sql, caller, wanted.image())
                .orElseThrow(() -> unknown("image", wanted.image().value(), candidates));
        if (image.state() == ImageState.ERROR || image.state() == ImageState.DELETING) {
            throw image.unusable();
        }
        if (image.state() == ImageState.PENDING && !image.anywhere()) {
            throw Input.invalid("The image '" + image.id() + "' is still being saved; wait until it is ready.");
        }
        return image;
    }

    private static boolean hasImage(Image image, CloudTerms terms) {
        return image.clouds().contains(terms.name())
                || image.anywhere() && terms.facets().contains(FacetNames.of(ImageStore.class));
    }

    /** A cloud that never answered may have it. */
    private static Failure unknown(String what, String id, List<CloudTerms> candidates) {
        Optional<CloudTerms> silent =
                candidates.stream().filter(terms -> !terms.described()).findFirst();
        return silent.map(terms -> new Failure(
                        ErrorCode.CLOUD_UNAVAILABLE,
                        "There is no " + what + " '" + id + "' so far, but the cloud '" + terms.name()
                                + "' has never answered; try again when it does."))
                .orElseGet(() -> Input.invalid(
                        "There is no " + what + " '" + id + "'; list the " + what + "s to see which are."));
    }

    private List<Offer> offers(Handle sql, NewMachine wanted, List<CloudTerms> candidates) {
        if (wanted.flavour().isEmpty()) {
            return List.of();
        }
        List<Offer> offers = sites.offers(sql, wanted.flavour().get());
        if (offers.isEmpty()) {
            throw unknown("flavour", wanted.flavour().get().value(), candidates);
        }
        return offers;
    }

    private static Optional<Size> size(NewMachine wanted, List<Offer> offers, CloudTerms terms) {
        if (wanted.flavour().isEmpty()) {
            return terms.freeForm() ? Optional.of(freeSize(wanted)) : Optional.empty();
        }
        Optional<Size> size = offers.stream()
                .filter(offer -> offer.cloud().map(terms.name()::equals).orElse(terms.freeForm()))
                .map(Offer::size)
                .findFirst();
        size.ifPresent(found -> agree(wanted, found));
        return size;
    }

    private static Size freeSize(NewMachine wanted) {
        return size(wanted.cores().orElse(UNSAID.cores()), wanted.memoryMib().orElse(UNSAID.memoryMib()), 0);
    }

    static Size size(int cores, long memoryMib, long diskGib) {
        try {
            return new Size(cores, memoryMib, diskGib);
        } catch (IllegalArgumentException e) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, sentence(e), e);
        }
    }

    private static String sentence(IllegalArgumentException e) {
        String text = String.valueOf(e.getMessage());
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    /** The size after a change, at the machine's own cloud. A disk never shrinks: a smaller flavour leaves it as it is. */
    Size resized(Handle sql, Machine machine, MachineChange change) {
        if (change.flavour().isEmpty()) {
            return size(
                    change.cores().orElse(machine.size().cores()),
                    change.memoryMib().orElse(machine.size().memoryMib()),
                    machine.size().diskGib());
        }
        CloudTerms terms = candidates(sql, Optional.of(machine.cloud())).getFirst();
        return sites.offers(sql, change.flavour().get()).stream()
                .filter(offer -> offer.cloud().map(terms.name()::equals).orElse(terms.freeForm()))
                .map(Offer::size)
                .map(size -> new Size(
                        size.cores(),
                        size.memoryMib(),
                        Math.max(size.diskGib(), machine.size().diskGib())))
                .findFirst()
                .orElseThrow(() -> Input.invalid("The cloud '" + terms.name() + "' does not have the flavour '"
                        + change.flavour().get() + "'; list the flavours to see which it has."));
    }

    /** Cores and memory of a machine with a flavour change with the flavour only. */
    void requireAgreement(Machine machine, MachineChange change) {
        boolean cores =
                change.cores().orElse(machine.size().cores()) == machine.size().cores();
        boolean memory = change.memoryMib().orElse(machine.size().memoryMib())
                == machine.size().memoryMib();
        if (!cores || !memory) {
            throw Input.invalid("The machine '" + machine.id() + "' has the flavour '"
                    + machine.flavour().orElseThrow() + "'; choose another flavour to resize it.");
        }
    }

    private static void agree(NewMachine wanted, Size size) {
        boolean cores = wanted.cores().orElse(size.cores()) == size.cores();
        boolean memory = wanted.memoryMib().orElse(size.memoryMib()) == size.memoryMib();
        if (!cores || !memory) {
            throw Input.invalid("The flavour '" + wanted.flavour().orElseThrow() + "' has " + size.cores()
                    + " cores and " + size.memoryMib() + " MiB; leave cores and memory out, or the flavour.");
        }
    }

    private void volumes(Handle sql, Caller caller, NewMachine wanted) {
        for (NewVolumeLink link : wanted.volumes()) {
            Volume volume = volumes.read(sql, link.volume().value())
                    .filter(found -> access.mayUse(caller, found))
                    .orElseThrow(() -> new Failure(
                            ErrorCode.LINK_TARGET_MISSING,
                            "There is no volume '" + link.volume()
                                    + "' to plug in; list the volumes to see which are."));
            VolumeRules.requirePluggable(volume);
        }
    }

    /** Why a cloud will not do. */
    private Optional<String> unfit(Handle sql, NewMachine wanted, Image image, Optional<Size> size, CloudTerms terms) {
        if (!hasImage(image, terms)) {
            return Optional.of("'" + terms.name() + "' does not have the image '" + image.id() + "'");
        }
        if (size.isEmpty()) {
            return Optional.of("'" + terms.name() + "' "
                    + wanted.flavour()
                            .map(flavour -> "does not have the flavour '" + flavour + "'")
                            .orElse("sells flavours only, so one has to be named"));
        }
        for (NewVolumeLink link : wanted.volumes()) {
            Optional<Volume> elsewhere = volumes.read(sql, link.volume().value())
                    .filter(volume -> !volume.cloud().equals(terms.name()));
            if (elsewhere.isPresent()) {
                return Optional.of("the volume '" + link.volume() + "' is at '"
                        + elsewhere.get().cloud() + "' and not at '" + terms.name() + "'");
            }
        }
        return Optional.empty();
    }
}

package hansa.faces.occi;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Acted;
import hansa.federation.compute.Filter;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.compute.LinkId;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineAction;
import hansa.federation.compute.MachineChange;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.Member;
import hansa.federation.compute.NewMachine;
import hansa.federation.compute.NewNic;
import hansa.federation.compute.NewVolumeLink;
import hansa.federation.compute.Placed;
import hansa.federation.images.ImageId;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** The kind {@code compute}. */
final class Machines implements Repository {

    static final String ARCHITECTURE = "occi.compute.architecture";
    static final String CORES = "occi.compute.cores";
    static final String HOSTNAME = "occi.compute.hostname";
    static final String MEMORY = "occi.compute.memory";
    static final String STATE = "occi.compute.state";

    private static final Columns COLUMNS = new Columns(
            Map.of(
                    CoreAttributes.ID,
                    Attribute.ID,
                    CoreAttributes.SUMMARY,
                    Attribute.SUMMARY,
                    HOSTNAME,
                    Attribute.HOSTNAME,
                    ARCHITECTURE,
                    Attribute.ARCHITECTURE),
            Map.of(CORES, Attribute.CORES),
            Map.of(MEMORY, Attribute.MEMORY_MIB),
            STATE,
            Set.of("active", "suspended", "error"));

    private final MachineService machines;
    private final Catalogue catalogue;
    private final MachineForm form;
    private final Kind kind;

    Machines(MachineService machines, Catalogue catalogue, Forms forms, MachineForm form) {
        this.machines = machines;
        this.catalogue = catalogue;
        this.form = form;
        this.kind = forms.kind(Infrastructure.COMPUTE);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Member.Kind memberKind() {
        return Member.Kind.MACHINE;
    }

    @Override
    public Columns columns() {
        return COLUMNS;
    }

    @Override
    public Stamp stamp(Caller caller, String id) {
        return machines.stamp(caller, new MachineId(id));
    }

    @Override
    public List<Stamp> stamps(Caller caller, Filter filter, Page page) {
        return machines.stamps(caller, filter, page);
    }

    @Override
    public Stored read(Caller caller, String id) {
        return stored(machines.get(caller, new MachineId(id)));
    }

    @Override
    public List<Stored> readAll(Caller caller, List<Stamp> stamps) {
        List<MachineId> ids =
                stamps.stream().map(stamp -> new MachineId(stamp.id())).toList();
        return machines.getAll(caller, ids).stream().map(this::stored).toList();
    }

    private Stored stored(Machine machine) {
        return new Stored(machine.id().value(), machine.generation(), () -> form.form(machine));
    }

    @Override
    public Stored create(Caller caller, Wish wish) {
        return stored(machines.create(caller, order(wish, wish.id(), image(wish))));
    }

    private static ImageId image(Wish wish) {
        return wish.image()
                .orElseThrow(
                        () -> new Failure(
                                ErrorCode.ATTRIBUTE_MISSING,
                                "A machine needs an image: add a mixin of os_tpl, one of those that the query interface /-/ lists."));
    }

    /** Share and speed are hints in the specification, and nothing follows from them here. */
    private static NewMachine order(Wish wish, Optional<String> id, ImageId image) {
        requireArchitecture(wish);
        List<NewNic> nics = new ArrayList<>();
        List<NewVolumeLink> volumes = new ArrayList<>();
        for (Wish link : wish.links()) {
            if (link.kind().id().equals(Infrastructure.NETWORK_INTERFACE)) {
                nics.add(NetworkInterfaces.order(link));
            } else if (link.kind().id().equals(Infrastructure.STORAGE_LINK)) {
                volumes.add(StorageLinks.order(link));
            } else {
                throw new Failure(
                        ErrorCode.CATEGORY_NOT_APPLICABLE,
                        "A machine has no links of the kind " + link.kind().id().term() + "; leave the link out.");
            }
        }
        return new NewMachine(
                id.map(MachineId::new),
                wish.title().orElse(""),
                wish.summary().orElse(""),
                wish.text(HOSTNAME).filter(name -> !name.isBlank()),
                image,
                wish.flavour(),
                wish.integer(CORES),
                wish.mib(MEMORY),
                GuestContext.userData(wish),
                GuestContext.sshKeys(wish),
                nics,
                volumes,
                PlacementMixin.cloud(wish),
                wish.tags(),
                PlacementMixin.placement(wish));
    }

    private static void requireArchitecture(Wish wish) {
        wish.text(ARCHITECTURE).filter(name -> !name.equals("x64")).ifPresent(name -> {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "Machines of the architecture " + Words.shown(name) + " are not offered; leave " + ARCHITECTURE
                            + " out or ask for x64.");
        });
    }

    @Override
    public Stored update(Caller caller, Stored current, Wish wish, OptionalLong ifGeneration) {
        requireSameImage(current, wish);
        requireNoContext(current, wish);
        MachineChange change = new MachineChange(
                wish.title(),
                wish.summary(),
                wish.text(HOSTNAME).filter(name -> !name.isBlank()),
                wish.flavour(),
                wish.flavour().isPresent() ? Optional.empty() : wish.integer(CORES),
                wish.flavour().isPresent() ? Optional.empty() : wish.mib(MEMORY),
                wish.tags(),
                Set.of());
        return stored(machines.update(caller, new MachineId(current.id()), change, ifGeneration));
    }

    private void requireSameImage(Stored current, Wish wish) {
        Set<ImageId> others = new HashSet<>(wish.images());
        current.entity()
                .mixins()
                .forEach(mixin -> catalogue.names().image(mixin.id()).ifPresent(others::remove));
        if (!others.isEmpty()) {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "The image of a machine cannot be replaced; leave the os_tpl out, or make a new machine from it.");
        }
    }

    private static void requireNoContext(Stored current, Wish wish) {
        Set<String> keys = new HashSet<>(GuestContext.sshKeys(wish));
        Optional.ofNullable(current.entity().attributes().get(Infrastructure.SSH_PUBLIC_KEY))
                .ifPresent(key -> keys.remove(key.asText()));
        if (GuestContext.userData(wish).isPresent() || !keys.isEmpty()) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_IMMUTABLE,
                    "User data and SSH keys are read when a machine boots for the first time; give them at creation.");
        }
    }

    @Override
    public Placed<Stored> replace(Caller caller, Stored current, Wish wish) {
        requireSameImage(current, wish);
        requireNoContext(current, wish);
        MachineId id = new MachineId(current.id());
        ImageId image = machines.get(caller, id).image();
        Placed<Machine> placed = machines.replace(caller, id, order(wish, Optional.of(current.id()), image));
        return new Placed<>(stored(placed.resource()), placed.created());
    }

    @Override
    public List<Mixin> act(Caller caller, List<String> ids, Invocation invocation) {
        MachineAction action = action(ids, invocation);
        List<Acted> acted = ids.size() == 1
                ? List.of(machines.act(caller, new MachineId(ids.getFirst()), action))
                : machines.actAll(caller, ids.stream().map(MachineId::new).toList(), action);
        return acted.stream()
                .flatMap(each -> each.image().stream())
                .map(image -> catalogue.template(caller, image))
                .toList();
    }

    private static MachineAction action(List<String> ids, Invocation invocation) {
        return switch (invocation.term()) {
            case "start" -> new MachineAction.Start();
            case "stop" ->
                new MachineAction.Stop(
                        invocation.choice("method", MachineAction.StopMethod.class, MachineAction.StopMethod.GRACEFUL));
            case "restart" ->
                new MachineAction.Restart(invocation.choice(
                        "method", MachineAction.RestartMethod.class, MachineAction.RestartMethod.GRACEFUL));
            case "suspend" ->
                new MachineAction.Suspend(invocation.choice(
                        "method", MachineAction.SuspendMethod.class, MachineAction.SuspendMethod.SUSPEND));
            case "save" ->
                new MachineAction.Save(
                        invocation.choice("method", MachineAction.SaveMethod.class, MachineAction.SaveMethod.HOT),
                        invocation
                                .text("name")
                                .filter(name -> !name.isBlank())
                                .orElseGet(() -> "saved from " + ids.getFirst()));
            default -> throw invocation.unserved();
        };
    }

    @Override
    public void delete(Caller caller, List<String> ids) {
        if (ids.size() == 1) {
            machines.delete(caller, new MachineId(ids.getFirst()));
        } else {
            machines.deleteAll(caller, ids.stream().map(MachineId::new).toList());
        }
    }

    /** The machine that a link starts from. */
    static MachineId source(Wish link, Kind compute) {
        String source = link.text(CoreAttributes.SOURCE).orElse("");
        if (!Paths.folder(source).equals(compute.location().orElse("/"))) {
            throw new Failure(
                    ErrorCode.LINK_TARGET_MISSING,
                    "A link starts from a machine, like /compute/ID, not from " + Words.shown(source) + ".");
        }
        return new MachineId(Paths.reference(source));
    }

    /** An end of a link that is not there is a fault of the message; what the URL names is there. */
    static <L> L linked(Supplier<L> making) {
        try {
            return making.get();
        } catch (Failure e) {
            throw e.code() == ErrorCode.RESOURCE_NOT_FOUND
                    ? new Failure(ErrorCode.LINK_TARGET_MISSING, e.text(), e)
                    : e;
        }
    }

    static Optional<LinkId> linkId(Wish link) {
        return link.id().map(LinkId::new);
    }
}

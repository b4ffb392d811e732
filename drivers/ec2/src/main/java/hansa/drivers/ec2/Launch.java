package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes instances. */
final class Launch {

    private final Query query;
    private final Tags tags;
    private final Instances instances;
    private final InstanceTypes types;
    private final Caps caps;
    private final Place place;
    private final Ec2Networks networks;
    private final Addresses addresses;
    private final Cards cards;
    private final KeyPairs keys;
    private final VolumeCalls volumes;
    private final PlacementGroups groups;
    private final Patience patience;
    private final Ec2Settings settings;

    Launch(
            Query query,
            Tags tags,
            Instances instances,
            InstanceTypes types,
            Caps caps,
            Place place,
            Ec2Networks networks,
            Addresses addresses,
            Cards cards,
            KeyPairs keys,
            VolumeCalls volumes,
            PlacementGroups groups,
            Patience patience,
            Ec2Settings settings) {
        this.query = query;
        this.tags = tags;
        this.instances = instances;
        this.types = types;
        this.caps = caps;
        this.place = place;
        this.networks = networks;
        this.addresses = addresses;
        this.cards = cards;
        this.keys = keys;
        this.volumes = volumes;
        this.groups = groups;
        this.patience = patience;
        this.settings = settings;
    }

    /**
     * The instance that the order makes. What is to be plugged into it follows, see {@link Finishing}.
     *
     * @param group that it is placed in
     */
    Instance make(MachineOrder order, Optional<String> group) {
        if (order.account().isPresent()) {
            throw new CloudException.InvalidRequest("EC2 has no accounts that machines could be made in the name of");
        }
        String type = types.typeFor(order.flavour(), order.size());
        volumes.requireFree(order.volumes());
        Map<String, String> marks = marks(order);
        Form form = form(order, type, marks);
        group.ifPresent(name -> form.with("Placement.GroupName", name));
        return caps.within(type, order.token(), () -> {
            Instance made = launched(order.token(), form, group, marks);
            if (caps.exceededBy(made)) {
                query.call(Form.of("TerminateInstances").list("InstanceId", List.of(made.id())));
                instances.recent().ended(made.id());
                throw caps.refusal(type);
            }
            return made;
        });
    }

    private Form form(MachineOrder order, String type, Map<String, String> marks) {
        KeyPairs.Delivery delivery = keys.deliver(order.context().sshKeys());
        Form form = Form.of("RunInstances")
                .with("ImageId", order.image().value())
                .with("InstanceType", type)
                .with("MinCount", 1)
                .with("MaxCount", 1)
                .tagging("instance", marks);
        delivery.keyPair().ifPresent(name -> form.with("KeyName", name));
        UserData.of(order.context(), delivery.told()).ifPresent(data -> form.with("UserData", data));
        connect(
                form,
                order.nics().stream()
                        .filter(nic -> !addresses.isOurs(nic.network()))
                        .toList());
        if (order.size().diskGib() > 0) {
            form.with("BlockDeviceMapping.1.DeviceName", rootDevice(order.image()))
                    .with("BlockDeviceMapping.1.Ebs.VolumeSize", order.size().diskGib())
                    .with("BlockDeviceMapping.1.Ebs.DeleteOnTermination", "true");
        }
        if (settings.spot()) {
            form.with("InstanceMarketOptions.MarketType", "spot")
                    .with("InstanceMarketOptions.SpotOptions.SpotInstanceType", "one-time")
                    .with("InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior", "terminate");
            settings.spotMaxPrice().ifPresent(price -> form.with("InstanceMarketOptions.SpotOptions.MaxPrice", price));
        }
        if (settings.metadataTokens()) {
            form.with("MetadataOptions.HttpTokens", "required");
        }
        return form;
    }

    private Map<String, String> marks(MachineOrder order) {
        Map<String, String> marks = new LinkedHashMap<>(tags.of(order.token(), order.name()));
        if (order.size().diskGib() > 0) {
            marks.put(tags.disk(), Long.toString(order.size().diskGib()));
        }
        List<String> open = Stream.concat(
                        order.volumes().stream().map(RemoteId::value),
                        order.nics().stream()
                                .filter(nic -> addresses.isOurs(nic.network()))
                                .map(nic -> Finishing.ADDRESS + nic.token()))
                .toList();
        String all = String.join(" ", open);
        if (all.length() > Tags.LONGEST_VALUE) {
            throw new CloudException.InvalidRequest("so many volumes and public addresses are too many to begin with;"
                    + " attach some when the machine is there");
        }
        if (!all.isEmpty()) {
            marks.put(tags.open(), all);
        }
        return marks;
    }

    private void connect(Form form, List<NicOrder> nics) {
        if (nics.isEmpty()) {
            Optional<String> subnet = place.usualSubnet(tags);
            subnet.ifPresentOrElse(
                    id -> form.with("SubnetId", id), () -> form.with("Placement.AvailabilityZone", place.zone()));
            form.list(
                    "SecurityGroupId",
                    subnet.map(id -> networks.groupsOn(new RemoteId(id))).orElse(settings.securityGroups()));
            return;
        }
        for (int i = 0; i < nics.size(); i++) {
            NicOrder nic = nics.get(i);
            String name = "NetworkInterface." + (i + 1) + ".";
            form.with(name + "DeviceIndex", i)
                    .with(name + "SubnetId", nic.network().value())
                    .with(name + "Description", cards.description(nic.token()))
                    .with(name + "DeleteOnTermination", "true")
                    .list(name + "SecurityGroupId", networks.groupsOn(nic.network()));
            nic.address().ifPresent(address -> form.with(name + "PrivateIpAddress", address));
        }
    }

    private String rootDevice(RemoteId image) {
        return query.one(Form.of("DescribeImages").list("ImageId", List.of(image.value())), "imagesSet")
                .flatMap(item -> item.optional("rootDeviceName"))
                .orElseThrow(
                        () -> new CloudException.NotFound("EC2 has no image '" + Problem.oneLine(image.value()) + "'"));
    }

    /** With the same client token EC2 answers with what it made the first time, also when that is terminated. */
    private Instance launched(Token token, Form form, Optional<String> group, Map<String, String> marks) {
        for (int attempt = 0; attempt < Instances.LAUNCHES; attempt++) {
            Form one = form.copy().with("ClientToken", tags.clientToken(token, attempt));
            Optional<Instance> made = switch (attempt(one, group)) {
                case Query.Outcome.Done(Element answer) ->
                    answer.items("instancesSet").stream().findFirst().map(Instance::read);
                case Query.Outcome.Refused(Problem problem) -> {
                    if (!problem.code().equals("IdempotentInstanceTerminated")) {
                        throw refusal(problem);
                    }
                    yield Optional.empty();
                }
            };
            Optional<Instance> alive = made.filter(instance -> isNew(instance, token));
            if (alive.isPresent()) {
                return settled(alive.get(), marks);
            }
        }
        throw new CloudException.Conflict("machines with the token " + token + " were made and terminated "
                + Instances.LAUNCHES + " times; EC2 makes no more with it today");
    }

    /** The group may be gone with its last machine just before the launch. */
    private Query.Outcome attempt(Form form, Optional<String> group) {
        return patience.until(
                () -> {
                    group.ifPresent(groups::ensure);
                    return query.attempt(form);
                },
                outcome -> !(outcome instanceof Query.Outcome.Refused(Problem problem)
                        && problem.code().equals("InvalidPlacementGroup.Unknown")));
    }

    private CloudException refusal(Problem problem) {
        if (problem.code().startsWith("InvalidKeyPair")) {
            keys.forget();
            return new CloudException.Unavailable(problem.words());
        }
        return Refusals.of(problem);
    }

    private boolean isNew(Instance instance, Token token) {
        boolean lives = switch (instance.state()) {
            case PENDING, RUNNING, STOPPING, STOPPED, OTHER -> true;
            case SHUTTING_DOWN, TERMINATED -> false;
        };
        return lives && instances.isFree(instance, token);
    }

    /** With its tags, and in EC2's lists. */
    private Instance settled(Instance made, Map<String, String> marks) {
        instances.recent().made(made);
        Instance instance = made;
        if (tags.tokenOf(made.tags()).isEmpty()) {
            Optional<Instance> shown = patience.until(() -> instances.shown(made.id()), Optional::isPresent);
            instance = shown.filter(one -> tags.tokenOf(one.tags()).isPresent())
                    .orElseGet(() -> patience.persistently(
                            () -> instances.tag(made, marks), CloudException.NotFound.class::isInstance));
            instances.recent().made(instance);
        }
        return instance;
    }
}

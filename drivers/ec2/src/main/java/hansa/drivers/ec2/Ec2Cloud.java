package hansa.drivers.ec2;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One zone of one EC2. Machines that carry no token of ours are neither shown nor touched, but for adoption. */
final class Ec2Cloud implements Cloud {

    private static final Logger LOG = LoggerFactory.getLogger(Ec2Cloud.class);

    private final Query query;
    private final Instances instances;
    private final Addresses addresses;
    private final MachineView view;
    private final Finishing finishing;
    private final Launch launch;
    private final PlacementGroups groups;
    private final Returning returning;
    private final Ec2Snapshots points;
    private final Optional<Ebs> ebs;
    private final Optional<Uploads> uploads;
    private final Power power;
    private final Offer offer;
    private final Tags tags;
    private final Patience patience;
    private final boolean placing;
    private final List<Facet> facets;
    private final Locks locks = new Locks();

    Ec2Cloud(Ec2Settings settings, InstantSource clock) {
        this.query = new Query(Wire.ec2(settings, clock), settings);
        this.tags = new Tags(settings.tagPrefix());
        this.patience = new Patience(settings.timeLimit());
        this.instances =
                new Instances(query, tags, new Recent(clock, settings.settling()), settings.clientTokenFilter());
        Place place = new Place(query, settings);
        Cards cards = new Cards(query, tags, patience);
        InstanceTypes types = new InstanceTypes(query, settings, clock);
        this.addresses = new Addresses(query, tags, patience, settings.publicAddresses());
        this.view = new MachineView(tags, cards, types, addresses);
        Ec2Networks networks = new Ec2Networks(
                query,
                tags,
                place,
                new NetworkGroups(query, tags, patience),
                addresses,
                cards,
                instances,
                view,
                patience,
                settings.securityGroups());
        VolumeCalls volumeCalls = new VolumeCalls(query, tags, instances, patience);
        SnapshotCalls snapshots = new SnapshotCalls(query, tags, patience);
        Ec2Volumes volumes = new Ec2Volumes(query, volumeCalls, snapshots, place, settings);
        Caps caps = new Caps(settings, instances, clock);
        this.finishing = new Finishing(tags, instances, volumeCalls, addresses, patience);
        this.groups = new PlacementGroups(query, tags, instances, patience);
        this.launch = new Launch(
                query,
                tags,
                instances,
                types,
                caps,
                place,
                networks,
                addresses,
                cards,
                new KeyPairs(query, tags, settings.importKeys()),
                volumeCalls,
                groups,
                patience,
                settings);
        this.power = new Power(query);
        this.offer = new Offer(query, instances, types, networks, tags, settings);
        this.ebs = settings.ebsEndpoint().map(url -> new Ebs(Wire.ebs(url, settings, clock), settings));
        this.uploads = ebs.map(direct -> new Uploads(direct, snapshots, tags, patience, settings.imageBlocks()));
        this.returning = new Returning(query, tags, instances, volumeCalls, place, settings, patience);
        this.points = new Ec2Snapshots(snapshots, returning, instances, tags, patience);
        this.facets = new ArrayList<>(List.of(
                volumes,
                new Ec2VolumeCopies(snapshots, volumeCalls, volumes, tags),
                networks,
                new Ec2Console(query, instances, clock),
                new Ec2Resizing(query, instances, types, caps, volumeCalls, view, tags, patience),
                points,
                new Ec2Adoption(instances, view, tags)));
        ebs.ifPresent(direct -> facets.add(new Ec2Images(
                new ImageCalls(query, tags, patience, settings),
                snapshots,
                uploads.orElseThrow(),
                new Downloads(direct, patience, settings.imageBlocks()),
                instances,
                tags)));
        this.placing = settings.placementGroups();
        if (placing) {
            facets.add(new Ec2HostAffinity(groups, place, this::created));
        }
    }

    @Override
    public CloudDescription describe() {
        return offer.describe();
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return created(order, Optional.empty());
    }

    private RemoteMachine created(MachineOrder order, Optional<String> group) {
        return locks.holding(order.token().value(), () -> {
            List<Instance> made = instances.with(order.token());
            // More than one there can only be where the endpoint does not go by client tokens.
            made.stream().skip(1).forEach(this::end);
            return shown(made.isEmpty() ? launch.make(order, group) : made.getFirst());
        });
    }

    private void look(Instance instance) {
        finishing.look(instance);
        returning.look(instance);
    }

    private RemoteMachine shown(Instance instance) {
        look(instance);
        return view.of(instance);
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        return instances.with(token).stream().findFirst().map(this::shown);
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return shown(instances.get(machine));
    }

    @Override
    public List<RemoteMachine> list() {
        List<Instance> ours = instances.ours();
        ours.forEach(this::look);
        return view.of(ours);
    }

    @Override
    public void delete(RemoteId machine) {
        instances.find(machine.value()).filter(one -> !one.isGone()).ifPresent(this::end);
    }

    /** What was made a moment ago may not be known everywhere yet. */
    private void end(Instance instance) {
        addresses.releaseAll(instance);
        points.deleteOf(instance);
        if (instance.state() == Instance.State.TERMINATED) {
            // The cloud ended it by itself; without its token nobody is told about it any more.
            instances.untag(instance, List.of(tags.token()));
        } else {
            endNow(instance);
        }
        instances.recent().ended(instance.id());
        groups.left(instance.group());
        returning.look(instance);
    }

    private void endNow(Instance instance) {
        Form form = Form.of("TerminateInstances").list("InstanceId", List.of(instance.id()));
        boolean fresh = instances.recent().instance(instance.id()).isPresent();
        try {
            patience.persistently(
                    () -> query.call(form), refusal -> fresh && refusal instanceof CloudException.NotFound);
        } catch (CloudException.NotFound e) {
            if (fresh) {
                throw new CloudException.Unavailable(
                        "EC2 does not know the machine " + instance.id() + " yet; try again");
            }
        }
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        Instance instance = instances.get(machine);
        if (returning.of(instance).isPresent()) {
            throw new CloudException.Conflict(
                    "the machine " + machine + " is returning to a snapshot; try again later");
        }
        power.act(instance, action);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return facets.stream().filter(facet::isInstance).map(facet::cast).findFirst();
    }

    @Override
    public Recovery recover(Set<Token> known) {
        List<Instance> ours = instances.ours();
        addresses.sweep(ours);
        uploads.ifPresent(some -> tidy(some::sweep));
        if (placing) {
            tidy(groups::sweep);
        }
        tidy(points::sweep);
        ours.forEach(this::look);
        return Recovery.of(
                known,
                ours.stream().flatMap(one -> instances.tokenOf(one).stream()).toList());
    }

    /** What an endpoint does not have, or does not allow, has left nothing. */
    private static void tidy(Runnable sweep) {
        try {
            sweep.run();
        } catch (CloudException.InvalidRequest | CloudException.Unauthorised e) {
            LOG.warn("what machines and images left may stay: {}", e.text());
        }
    }

    @Override
    public void close() {
        finishing.close();
        returning.close();
        groups.close();
        ebs.ifPresent(Ebs::close);
        query.close();
    }
}

package hansa.drivers.occi;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.drivers.occi.Marked.Thing;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One OCCI service. Machines that we did not make are neither shown nor touched. */
final class OcciCloud implements Cloud {

    private static final Logger LOG = LoggerFactory.getLogger(OcciCloud.class);

    private final OcciSettings settings;
    private final Endpoint endpoint;
    private final Names names;
    private final OcciAccounts accounts;
    private final OcciVolumeCopies copies;
    private final List<Facet> facets;

    OcciCloud(OcciSettings settings, Optional<Persons> persons) {
        this.settings = settings;
        this.endpoint = Endpoint.ours(settings);
        this.names = Names.of(endpoint, persons);
        this.accounts = new OcciAccounts(names);
        Patience patience = new Patience(settings.timeLimit());
        OcciVolumes volumes = new OcciVolumes(names, patience);
        this.copies = new OcciVolumeCopies(names, volumes, patience);
        this.facets = new ArrayList<>(List.of(
                volumes,
                copies,
                new OcciNetworks(names, patience),
                new OcciResizing(names),
                new OcciAdoption(endpoint, names.own().entities())));
        if (persons.isPresent()) {
            facets.add(accounts);
        }
    }

    @Override
    public CloudDescription describe() {
        return Offer.of(endpoint, names.own().entities(), settings);
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        Session session = names.forNew(order.account());
        order.account().ifPresent(accounts::requireUsable);
        return view(
                session,
                session.marked()
                        .create(
                                Infrastructure.COMPUTE,
                                order.token(),
                                session.orders().machine(order)));
    }

    private RemoteMachine view(Session session, Thing thing) {
        return MachineView.of(endpoint.peer(), thing.id(), thing.entity(), session.account());
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        Session session = names.of(token);
        try {
            return found(session, token);
        } catch (CloudException.Unauthorised refusal) {
            if (session.account().isEmpty()) {
                throw refusal;
            }
            // Whom the service does not know has made nothing there.
            LOG.debug("The service does not know the holder of {}: {}", session.account(), refusal.text());
            return found(names.own(), token);
        }
    }

    private Optional<RemoteMachine> found(Session session, Token token) {
        return session.marked().find(Infrastructure.COMPUTE, token).map(thing -> view(session, thing));
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        Session session = names.of(machine);
        return view(session, new Thing(machine, session.endpoint().read(Infrastructure.COMPUTE, machine)));
    }

    @Override
    public List<RemoteMachine> list() {
        List<Session> members = names.members();
        return members.isEmpty() ? ours(names.own()) : together(members);
    }

    private List<RemoteMachine> ours(Session session) {
        return session.marked().ours(Infrastructure.COMPUTE).stream()
                .map(thing -> view(session, thing))
                .toList();
    }

    /** Each member sees what is theirs; where we see it too, it is still theirs. */
    private List<RemoteMachine> together(List<Session> members) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<RemoteMachine>>> lists = new ArrayList<>();
            members.forEach(member -> lists.add(threads.submit(() -> ofMember(member))));
            lists.add(threads.submit(() -> ours(names.own())));
            Map<RemoteId, RemoteMachine> found = new LinkedHashMap<>();
            for (Future<List<RemoteMachine>> list : lists) {
                list.get().forEach(machine -> found.putIfAbsent(machine.id(), machine));
            }
            return List.copyOf(found.values());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CloudException refusal
                    ? refusal
                    : new CloudException.Unavailable("the machines of members could not be listed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for the machines of members was interrupted", e);
        }
    }

    /** One member's trouble is not to hide what others have; who asks for a single machine of theirs is told of it. */
    private List<RemoteMachine> ofMember(Session member) {
        try {
            return ours(member);
        } catch (CloudException.Unauthorised refusal) {
            LOG.warn(
                    "What is in the name of {} is not shown: {}",
                    member.account().orElse(""),
                    refusal.text());
            return List.of();
        }
    }

    @Override
    public void delete(RemoteId machine) {
        names.of(machine).endpoint().delete(Infrastructure.COMPUTE, machine);
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        names.of(machine).power().act(machine, action);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return facets.stream()
                .filter(facet::isInstance)
                .filter(one -> one != copies || copies.mayBeOffered())
                .map(facet::cast)
                .findFirst();
    }

    @Override
    public Recovery recover(Set<Token> known) {
        return Recovery.of(
                known,
                list().stream().map(machine -> machine.token().orElseThrow()).toList());
    }

    @Override
    public void close() {
        endpoint.close();
    }
}

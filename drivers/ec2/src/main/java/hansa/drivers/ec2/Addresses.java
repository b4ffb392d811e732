package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Elastic addresses as interfaces on a network of their own: attaching takes an address, detaching gives it back. */
final class Addresses {

    static final RemoteId NETWORK = new RemoteId("public");
    private static final String ID = "eipalloc-";

    /**
     * An address of ours.
     *
     * @param association empty while it points nowhere
     * @param instance may be empty
     * @param machine for which it was taken
     */
    record Address(
            String id,
            Token token,
            String publicIp,
            String association,
            String instance,
            String card,
            String machine) {}

    private final Query query;
    private final Tags tags;
    private final Patience patience;
    private final boolean offered;

    Addresses(Query query, Tags tags, Patience patience, boolean offered) {
        this.query = query;
        this.tags = tags;
        this.patience = patience;
        this.offered = offered;
    }

    /** Where the installation offers it. */
    Optional<RemoteNetwork> network() {
        return offered
                ? Optional.of(new RemoteNetwork(
                        NETWORK,
                        Optional.empty(),
                        "public",
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        true,
                        true))
                : Optional.empty();
    }

    boolean isOurs(RemoteId network) {
        return offered && network.equals(NETWORK);
    }

    static boolean isAddress(RemoteId nic) {
        return nic.value().startsWith(ID);
    }

    List<Address> list() {
        return offered ? listed(Form.of("DescribeAddresses").filter("tag-key", tags.token())) : List.of();
    }

    /** Those of machines, in one call, and none where no machine has an address that may be ours. */
    List<Address> of(List<Instance> instances) {
        return instances.stream().anyMatch(Addresses::mayHaveOne) ? list() : List.of();
    }

    List<Address> of(Instance instance) {
        return offered && mayHaveOne(instance)
                ? listed(Form.of("DescribeAddresses")
                        .filter("tag-key", tags.token())
                        .filter("instance-id", instance.id()))
                : List.of();
    }

    private static boolean mayHaveOne(Instance instance) {
        return instance.cards().stream()
                .anyMatch(card ->
                        !card.publicIp().isEmpty() && !card.publicOwner().equals("amazon"));
    }

    private List<Address> listed(Form form) {
        return query.some(form, "addressesSet").stream()
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Address> read(Element item) {
        Map<String, String> all = Tags.read(item);
        return tags.tokenOf(all)
                .map(token -> new Address(
                        item.text("allocationId"),
                        token,
                        item.text("publicIp"),
                        item.text("associationId"),
                        item.text("instanceId"),
                        item.text("networkInterfaceId"),
                        all.getOrDefault(tags.machine(), "")));
    }

    private Optional<Address> with(Token token) {
        return listed(Form.of("DescribeAddresses").filter("tag:" + tags.token(), token.value())).stream()
                .findFirst();
    }

    /** Takes an address and points it at the machine's first interface. Idempotent by token. */
    Address attach(Instance instance, Token token) {
        Optional<Address> there = with(token);
        Address address = there.orElseGet(() -> allocate(instance, token));
        if (address.instance().equals(instance.id())) {
            return address;
        }
        if (!address.association().isEmpty()) {
            throw new CloudException.Conflict("the address " + address.publicIp() + " is at another machine");
        }
        Form form = Form.of("AssociateAddress").with("AllocationId", address.id());
        instance.cards().stream()
                .findFirst()
                .ifPresentOrElse(
                        card -> form.with("NetworkInterfaceId", card.id()),
                        () -> form.with("InstanceId", instance.id()));
        try {
            String association = patience.persistently(() -> query.call(form), starting(instance))
                    .text("associationId");
            return new Address(
                    address.id(),
                    token,
                    address.publicIp(),
                    association,
                    instance.id(),
                    firstCard(instance),
                    instance.id());
        } catch (CloudException.Unavailable e) {
            throw e;
        } catch (CloudException e) {
            release(address);
            throw e;
        }
    }

    /** What was just made is not known everywhere, and what just starts takes no address yet. */
    private static Predicate<CloudException> starting(Instance instance) {
        return refusal -> refusal instanceof CloudException.NotFound
                || refusal instanceof CloudException.Conflict && instance.state() == Instance.State.PENDING;
    }

    private static String firstCard(Instance instance) {
        return instance.cards().stream().findFirst().map(Instance.Card::id).orElse("");
    }

    private Address allocate(Instance instance, Token token) {
        Map<String, String> marks = new LinkedHashMap<>(tags.of(token, "address of " + instance.id()));
        marks.put(tags.machine(), instance.id());
        Element made =
                query.call(Form.of("AllocateAddress").with("Domain", "vpc").tagging("elastic-ip", marks));
        String id = made.text("allocationId");
        Optional<Element> shown = patience.until(() -> shown(id), Optional::isPresent);
        if (shown.isPresent() && tags.tokenOf(Tags.read(shown.get())).isEmpty()) {
            // An endpoint that does not tag what it makes.
            query.call(Form.of("CreateTags").list("ResourceId", List.of(id)).tags("Tag", marks));
        }
        return new Address(id, token, made.text("publicIp"), "", "", "", instance.id());
    }

    private Optional<Element> shown(String id) {
        return query.one(Form.of("DescribeAddresses").list("AllocationId", List.of(id)), "addressesSet");
    }

    /** One that is gone already is no error. */
    void detach(String instance, RemoteId nic) {
        list().stream()
                .filter(address ->
                        address.id().equals(nic.value()) && address.machine().equals(instance))
                .forEach(this::release);
    }

    /** All that a machine has, before it goes. */
    void releaseAll(Instance instance) {
        if (offered && instance.state() != Instance.State.TERMINATED) {
            listed(Form.of("DescribeAddresses").filter("tag:" + tags.machine(), instance.id()))
                    .forEach(this::release);
        }
    }

    /** Those that were left over when somebody was interrupted, and whose machines are gone. */
    void sweep(List<Instance> instances) {
        List<String> there = instances.stream().map(Instance::id).toList();
        list().stream()
                .filter(address -> address.association().isEmpty()
                        && !address.machine().isEmpty()
                        && !there.contains(address.machine()))
                .forEach(this::release);
    }

    private void release(Address address) {
        try {
            if (!address.association().isEmpty()) {
                query.call(Form.of("DisassociateAddress").with("AssociationId", address.association()));
            }
            query.call(Form.of("ReleaseAddress").with("AllocationId", address.id()));
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }
}

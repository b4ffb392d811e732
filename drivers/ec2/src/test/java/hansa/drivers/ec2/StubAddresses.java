package hansa.drivers.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stub's elastic addresses. */
final class StubAddresses {

    private static final String NOT_FOUND = "InvalidAllocationID.NotFound";

    /** An address. */
    static final class Address extends StubThing {
        private final String ip;
        private String card = "";

        Address(String id, int hidden, String ip) {
            super(id, hidden);
            this.ip = ip;
        }

        private String association() {
            return id.replace("eipalloc-", "eipassoc-");
        }

        @Override
        Optional<List<String>> filterable(String filter) {
            return filter.equals("instance-id") ? Optional.of(List.of()) : Optional.empty();
        }
    }

    final Map<String, Address> all = Stub.map();
    private final Stub stub;
    private int given;

    StubAddresses(Stub stub) {
        this.stub = stub;
    }

    boolean answer(StubRequest request, StubXml xml) {
        switch (request.action()) {
            case "AllocateAddress" -> {
                given++;
                Address address = new Address(stub.id("eipalloc"), stub.hidden, "203.0.113." + given);
                address.tags.putAll(stub.tagging(request, "elastic-ip"));
                all.put(address.id, address);
                xml.text("publicIp", address.ip).text("domain", "vpc").text("allocationId", address.id);
            }
            case "AssociateAddress" -> associate(request, xml);
            case "DisassociateAddress" -> {
                Address address = all.values().stream()
                        .filter(one -> one.association().equals(request.text("AssociationId")) && !one.card.isEmpty())
                        .findFirst()
                        .orElseThrow(() ->
                                new StubRefusal("InvalidAssociationID.NotFound", "The association does not exist"));
                address.card = "";
                xml.text("return", true);
            }
            case "ReleaseAddress" -> {
                Address address = Stub.get(all, request.text("AllocationId"), NOT_FOUND, NOT_FOUND);
                if (!address.card.isEmpty()) {
                    throw new StubRefusal("InvalidIPAddress.InUse", "Address is in use.");
                }
                all.remove(address.id);
                xml.text("return", true);
            }
            case "DescribeAddresses" -> describe(request, xml);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void associate(StubRequest request, StubXml xml) {
        Address address = Stub.get(all, request.text("AllocationId"), NOT_FOUND, NOT_FOUND);
        StubNetworks.Card card = Stub.get(
                stub.networks.cards, request.text("NetworkInterfaceId"), StubNetworks.NO_CARD, StubNetworks.NO_CARD);
        stub.instances.get(card.instance()).require("running", "stopped");
        if (all.values().stream().anyMatch(one -> one != address && one.card.equals(card.id))) {
            throw new StubRefusal("Resource.AlreadyAssociated", "resource " + card.id + " is already associated");
        }
        address.card = card.id;
        xml.text("return", true).text("associationId", address.association());
    }

    private String instance(Address address) {
        return Optional.ofNullable(stub.networks.cards.get(address.card))
                .map(StubNetworks.Card::instance)
                .orElse("");
    }

    private void describe(StubRequest request, StubXml xml) {
        Map<String, List<String>> filters = request.filters();
        Optional<List<String>> instances = Optional.ofNullable(filters.remove("instance-id"));
        request.list("AllocationId").forEach(id -> {
            if (!all.containsKey(id)) {
                throw new StubRefusal(NOT_FOUND, "The allocation ID '" + id + "' does not exist");
            }
        });
        List<Address> found = List.copyOf(all.values()).stream()
                .filter(address -> request.list("AllocationId").isEmpty()
                        || request.list("AllocationId").contains(address.id))
                .filter(address -> address.passes(filters))
                .filter(address ->
                        instances.map(some -> some.contains(instance(address))).orElse(true))
                .filter(StubThing::seen)
                .toList();
        xml.items("addressesSet", found, (one, address) -> {
            one.text("publicIp", address.ip).text("allocationId", address.id).text("domain", "vpc");
            if (!address.card.isEmpty()) {
                one.text("associationId", address.association())
                        .text("networkInterfaceId", address.card)
                        .text("instanceId", instance(address));
            }
            one.tags(address.tags);
        });
    }

    void writeAssociation(StubXml xml, StubNetworks.Card card) {
        all.values().stream()
                .filter(address -> address.card.equals(card.id))
                .forEach(address -> xml.in(
                        "association", () -> xml.text("publicIp", address.ip).text("ipOwnerId", "111122223333")));
    }
}

package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.NicOrder;
import hansa.cloud.Token;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Network interfaces of our own. Their description holds their token, since EC2 shows it wherever it shows them. */
final class Cards {

    private static final int MOST = 64;

    /**
     * A network interface as EC2 describes it by itself.
     *
     * @param status such as {@code available} or {@code in-use}
     * @param attachment empty while nothing has it
     */
    private record Card(String id, String status, String attachment, String instance, int index) {

        static Card read(Element item) {
            Element attachment = item.child("attachment");
            return new Card(
                    item.text("networkInterfaceId"),
                    item.text("status"),
                    attachment.text("attachmentId"),
                    attachment.text("instanceId"),
                    (int) Math.min(1_000, attachment.number("deviceIndex").orElse(0)));
        }
    }

    private final Query query;
    private final Tags tags;
    private final Patience patience;

    Cards(Query query, Tags tags, Patience patience) {
        this.query = query;
        this.tags = tags;
        this.patience = patience;
    }

    String description(Token token) {
        return tags.prefix() + "-nic-" + token.value();
    }

    Optional<Token> tokenOf(String description) {
        String start = tags.prefix() + "-nic-";
        return Optional.of(description)
                .filter(text ->
                        text.startsWith(start) && text.substring(start.length()).matches("[a-z0-9-]{1,64}"))
                .map(text -> new Token(text.substring(start.length())));
    }

    /**
     * Plugs one in, making it where it is not there yet.
     *
     * @return its id
     */
    String attach(Instance instance, NicOrder order, List<String> groups) {
        Card card = with(order.token()).orElseGet(() -> make(order, groups));
        if (card.instance().equals(instance.id())) {
            return card.id();
        }
        if (!card.instance().isEmpty()) {
            throw new CloudException.Conflict("the interface " + card.id() + " is in another machine");
        }
        Form form = Form.of("AttachNetworkInterface")
                .with("NetworkInterfaceId", card.id())
                .with("InstanceId", instance.id())
                .with("DeviceIndex", freeIndex(instance));
        String attachment;
        try {
            attachment = patience.persistently(() -> query.call(form), CloudException.NotFound.class::isInstance)
                    .text("attachmentId");
        } catch (CloudException.Unavailable e) {
            throw e;
        } catch (CloudException e) {
            delete(card.id());
            throw e;
        }
        query.call(Form.of("ModifyNetworkInterfaceAttribute")
                .with("NetworkInterfaceId", card.id())
                .with("Attachment.AttachmentId", attachment)
                .with("Attachment.DeleteOnTermination", "true"));
        return card.id();
    }

    private static int freeIndex(Instance instance) {
        OptionalInt free = IntStream.range(1, MOST)
                .filter(index -> instance.cards().stream().noneMatch(card -> card.index() == index))
                .findFirst();
        return free.orElseThrow(() ->
                new CloudException.QuotaExceeded("the instance " + instance.id() + " has " + MOST + " interfaces"));
    }

    private Optional<Card> with(Token token) {
        return query
                .some(
                        Form.of("DescribeNetworkInterfaces").filter("description", description(token)),
                        "networkInterfaceSet")
                .stream()
                .findFirst()
                .map(Card::read);
    }

    private Card make(NicOrder order, List<String> groups) {
        Form form = Form.of("CreateNetworkInterface")
                .with("SubnetId", order.network().value())
                .with("Description", description(order.token()))
                .with("ClientToken", tags.clientToken(order.token(), 0))
                .list("SecurityGroupId", groups);
        order.address().ifPresent(address -> form.with("PrivateIpAddress", address));
        return Card.read(query.call(form).child("networkInterface"));
    }

    /** Whether any interface, of whomever, is on a network. */
    boolean anyOn(String subnet) {
        return !query.some(Form.of("DescribeNetworkInterfaces").filter("subnet-id", subnet), "networkInterfaceSet")
                .isEmpty();
    }

    /**
     * Unplugs one and deletes it. One that is gone, or in another machine, is left.
     *
     * @throws CloudException.Conflict for the first one of a machine, which EC2 never unplugs
     */
    void detach(String instance, String id) {
        Optional<Card> there = find(id);
        if (there.isEmpty() || !there.get().instance().equals(instance)) {
            return;
        }
        Card card = there.get();
        if (card.index() == 0) {
            throw new CloudException.Conflict("EC2 does not unplug the first interface of a machine, " + id);
        }
        if (!card.status().equals("detaching")) {
            query.call(Form.of("DetachNetworkInterface").with("AttachmentId", card.attachment()));
        }
        delete(id);
    }

    private Optional<Card> find(String id) {
        return query.one(
                        Form.of("DescribeNetworkInterfaces").list("NetworkInterfaceId", List.of(id)),
                        "networkInterfaceSet")
                .map(Card::read);
    }

    /** As soon as nothing has it. */
    private void delete(String id) {
        Optional<Card> left = patience.until(
                () -> find(id),
                card -> card.map(one -> one.status().equals("available")).orElse(true));
        if (left.isPresent()) {
            try {
                query.call(Form.of("DeleteNetworkInterface").with("NetworkInterfaceId", id));
            } catch (CloudException.NotFound e) {
                // It was made to go with its attachment.
            }
        }
    }
}

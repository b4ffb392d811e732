package hansa.drivers.ec2;

import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.drivers.ec2.Addresses.Address;
import hansa.drivers.ec2.Instance.Card;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Instances as the port shows machines. */
final class MachineView {

    private final Tags tags;
    private final Cards cards;
    private final InstanceTypes types;
    private final Addresses addresses;

    MachineView(Tags tags, Cards cards, InstanceTypes types, Addresses addresses) {
        this.tags = tags;
        this.cards = cards;
        this.types = types;
        this.addresses = addresses;
    }

    RemoteMachine of(Instance instance) {
        types.learn(List.of(instance));
        return of(instance, addresses.of(instance));
    }

    List<RemoteMachine> of(List<Instance> instances) {
        types.learn(instances);
        List<Address> all = addresses.of(instances);
        return instances.stream()
                .map(instance -> of(
                        instance,
                        all.stream()
                                .filter(address -> address.instance().equals(instance.id()))
                                .toList()))
                .toList();
    }

    private RemoteMachine of(Instance instance, List<Address> publicOnes) {
        Optional<Token> token = tags.tokenOf(instance.tags());
        Size size = types.sizeOf(instance);
        return new RemoteMachine(
                new RemoteId(instance.id()),
                token,
                Optional.ofNullable(instance.tags().get(Tags.NAME))
                        .filter(name -> !name.isBlank())
                        .orElse(instance.id()),
                state(instance),
                message(instance),
                new Size(size.cores(), size.memoryMib(), diskGib(instance)),
                nics(instance, publicOnes),
                instance.disks().stream()
                        .filter(disk -> !disk.root() && !disk.dies())
                        .map(disk -> new RemoteDisk(new RemoteId(disk.volume()), disk.device()))
                        .toList(),
                instance.begun());
    }

    /** One that waits for its volumes and addresses is not whole yet; one that gets another root disk is between two states. */
    private RemoteState state(Instance instance) {
        if (instance.tags().containsKey(tags.returning()) && instance.state() != Instance.State.TERMINATED) {
            return RemoteState.BUSY;
        }
        return switch (instance.state()) {
            case PENDING -> RemoteState.BUILDING;
            case RUNNING -> instance.tags().containsKey(tags.open()) ? RemoteState.BUILDING : RemoteState.RUNNING;
            case STOPPED -> RemoteState.STOPPED;
            case STOPPING, SHUTTING_DOWN, OTHER -> RemoteState.BUSY;
            case TERMINATED -> RemoteState.FAILED;
        };
    }

    private String message(Instance instance) {
        String note = instance.tags().getOrDefault(tags.note(), "");
        return switch (instance.state()) {
            case PENDING, RUNNING, STOPPING, OTHER -> note;
            case STOPPED, SHUTTING_DOWN, TERMINATED -> {
                if (!instance.reasonCode().startsWith("Server.") && instance.state() != Instance.State.TERMINATED) {
                    yield note;
                }
                String words = instance.reason().isEmpty() ? instance.reasonCode() : instance.reason();
                yield instance.reasonCode().equals("Server.SpotInstanceTermination")
                        ? "the cloud took this spot machine back: " + words
                        : words;
            }
        };
    }

    long diskGib(Instance instance) {
        String text = instance.tags().getOrDefault(tags.disk(), "");
        return text.matches("\\d{1,5}") ? Math.min(Long.parseLong(text), 64L * 1024) : 0;
    }

    private List<RemoteNic> nics(Instance instance, List<Address> publicOnes) {
        List<RemoteNic> nics = new ArrayList<>();
        for (Card card : instance.cards()) {
            List<String> all = new ArrayList<>(card.addresses());
            boolean onItsOwn =
                    publicOnes.stream().noneMatch(address -> address.publicIp().equals(card.publicIp()));
            if (!card.publicIp().isEmpty() && onItsOwn) {
                all.add(card.publicIp());
            }
            nics.add(new RemoteNic(
                    new RemoteId(card.id()),
                    cards.tokenOf(card.description()),
                    new RemoteId(card.subnet().isEmpty() ? "default" : card.subnet()),
                    "eth" + card.index(),
                    card.mac(),
                    Optional.empty(),
                    all));
        }
        publicOnes.forEach(address -> nics.add(nic(address, instance)));
        return nics;
    }

    /** A public address has no card of its own: it is that of the machine's first one. */
    static RemoteNic nic(Address address, Instance instance) {
        Optional<Card> card = instance.cards().stream()
                .filter(one -> one.id().equals(address.card()))
                .findFirst()
                .or(() -> instance.cards().stream().findFirst());
        return new RemoteNic(
                new RemoteId(address.id()),
                Optional.of(address.token()),
                Addresses.NETWORK,
                card.map(one -> "eth" + one.index()).orElse(""),
                card.map(Card::mac).orElse(""),
                Optional.empty(),
                List.of(address.publicIp()));
    }
}

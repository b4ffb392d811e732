package hansa.drivers.ec2;

import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Instances of the account that carry no token of ours. */
final class Ec2Adoption implements Adoption {

    private final Instances instances;
    private final MachineView view;
    private final Tags tags;

    Ec2Adoption(Instances instances, MachineView view, Tags tags) {
        this.instances = instances;
        this.view = view;
        this.tags = tags;
    }

    @Override
    public List<RemoteMachine> others() {
        return view.of(instances.all().stream()
                .filter(one -> tags.tokenOf(one.tags()).isEmpty() && one.state() != Instance.State.TERMINATED)
                .toList());
    }

    @Override
    public RemoteMachine adopt(RemoteId machine, Token token) {
        Instance instance = instances.get(machine);
        Optional<Token> carried = tags.tokenOf(instance.tags());
        if (carried.isPresent() && !carried.get().equals(token)) {
            throw new CloudException.Conflict("the machine " + machine + " carries another token already");
        }
        if (carried.isPresent()) {
            return view.of(instance);
        }
        if (!instances.with(token).isEmpty()) {
            throw new CloudException.Conflict("another machine carries the token " + token + " already");
        }
        return view.of(instances.tag(instance, Map.of(tags.token(), token.value())));
    }

    /** A machine of our own making is marked besides, so that its client token does not make it ours again. */
    @Override
    public void release(RemoteId machine) {
        Optional<Instance> there = instances.find(machine.value()).filter(one -> !one.isGone());
        Optional<Token> carried = there.flatMap(one -> tags.tokenOf(one.tags()));
        if (there.isEmpty() || carried.isEmpty()) {
            return;
        }
        Instance instance = there.get();
        if (isOurMaking(instance, carried.get())) {
            instances.tag(instance, Map.of(tags.released(), carried.get().value()));
        }
        List<String> keys = new ArrayList<>(List.of(tags.token()));
        for (String key : List.of(tags.open(), tags.note())) {
            if (instance.tags().containsKey(key)) {
                keys.add(key);
            }
        }
        instances.recent().ended(instance.id());
        instances.untag(instance, keys);
    }

    private boolean isOurMaking(Instance instance, Token token) {
        for (int attempt = 0; attempt < Instances.LAUNCHES; attempt++) {
            if (instance.clientToken().equals(tags.clientToken(token, attempt))) {
                return true;
            }
        }
        return false;
    }
}

package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import java.util.Map;
import java.util.Optional;

/** Another instance type, and a larger root disk. EC2 changes the type of stopped instances only. */
final class Ec2Resizing implements Resizing {

    private final Query query;
    private final Instances instances;
    private final InstanceTypes types;
    private final Caps caps;
    private final VolumeCalls volumes;
    private final MachineView view;
    private final Tags tags;
    private final Patience patience;

    Ec2Resizing(
            Query query,
            Instances instances,
            InstanceTypes types,
            Caps caps,
            VolumeCalls volumes,
            MachineView view,
            Tags tags,
            Patience patience) {
        this.query = query;
        this.instances = instances;
        this.types = types;
        this.caps = caps;
        this.volumes = volumes;
        this.view = view;
        this.tags = tags;
        this.patience = patience;
    }

    @Override
    public boolean needsStop() {
        return true;
    }

    @Override
    public RemoteMachine resize(RemoteId machine, Size size, Optional<RemoteId> flavour) {
        Instance instance = instances.get(machine);
        if (instance.state() != Instance.State.STOPPED) {
            throw new CloudException.Conflict(
                    "the machine " + machine + " has to be stopped before it gets another size");
        }
        String type = types.typeFor(flavour, size);
        growDisk(instance, size.diskGib());
        if (!instance.type().equals(type)) {
            Runnable change = () -> query.call(Form.of("ModifyInstanceAttribute")
                    .with("InstanceId", instance.id())
                    .with("InstanceType.Value", type));
            instances
                    .tokenOf(instance)
                    .ifPresentOrElse(
                            token -> caps.within(type, token, () -> {
                                change.run();
                                return type;
                            }),
                            change);
        }
        return view.of(
                patience.until(() -> instances.get(machine), now -> now.type().equals(type)));
    }

    private void growDisk(Instance instance, long gib) {
        if (gib == 0 || gib == view.diskGib(instance)) {
            return;
        }
        Instance.Disk root = instance.rootDisk()
                .orElseThrow(() -> new CloudException.InvalidRequest(
                        "the root disk of " + instance.id() + " is no volume and keeps its size"));
        long now = volumes.get(new RemoteId(root.volume())).sizeGib();
        if (gib < now) {
            throw new CloudException.InvalidRequest("the root disk of " + instance.id() + " has " + now
                    + " GiB and can grow only, not to " + gib + " GiB");
        }
        if (gib > now) {
            volumes.grow(root.volume(), gib);
        }
        instances.tag(instance, Map.of(tags.disk(), Long.toString(gib)));
    }
}

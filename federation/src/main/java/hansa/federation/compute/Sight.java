package hansa.federation.compute;

import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolumeCopy;

/**
 * A number that stands for what a cloud told of a thing: when it is the same as last time, nothing changed that the
 * store would want to know.
 *
 * <p>The same in every process and after every restart: texts and numbers only go in, and enums by their names.
 */
final class Sight {

    /** The cloud has not told anything yet, or the thing is gone. */
    static final long NONE = 0;

    private long hash = 0xcbf29ce484222325L;

    private Sight() {}

    static long of(RemoteMachine machine) {
        Sight sight = new Sight();
        sight.add(machine.id())
                .add(machine.state().name())
                .add(machine.message())
                .add(machine.size());
        machine.nics()
                .forEach(nic -> sight.add(nic.id())
                        .add(nic.network())
                        .add(nic.device())
                        .add(nic.mac())
                        .add(nic.gateway())
                        .add(nic.addresses())
                        .add(nic.forwards()));
        machine.volumes().forEach(disk -> sight.add(disk.volume()).add(disk.device()));
        return sight.value();
    }

    static long of(RemoteVolume volume) {
        return new Sight()
                .add(volume.id())
                .add(volume.state().name())
                .add(volume.message())
                .add(volume.sizeMib())
                .value();
    }

    static long of(RemoteVolumeCopy copy) {
        return new Sight()
                .add(copy.id())
                .add(copy.state().name())
                .add(copy.message())
                .add(copy.sizeMib())
                .add(copy.taken())
                .value();
    }

    static long of(RemoteNetwork network) {
        return new Sight()
                .add(network.id())
                .add(network.name())
                .add(network.cidr())
                .add(network.gateway())
                .add(network.vlan())
                .add(network.active())
                .value();
    }

    private Sight add(Object part) {
        String text = part.toString();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ 0xFFFF) * 0x100000001b3L;
        return this;
    }

    private long value() {
        return hash == NONE ? 1 : hash;
    }
}

package hansa.drivers.simulated;

import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.util.List;
import java.util.Optional;

/** The volumes of a simulated cloud in another process. */
record RemoteVolumes(Wire wire) implements Volumes {

    @Override
    public RemoteVolume create(Token token, String name, long sizeMib) {
        return wire.ask(Protocol.VOLUME_CREATE, new Protocol.NewVolume(token, name, sizeMib));
    }

    @Override
    public Optional<RemoteVolume> findByToken(Token token) {
        return wire.ask(Protocol.VOLUME_FIND, token);
    }

    @Override
    public RemoteVolume read(RemoteId volume) {
        return wire.ask(Protocol.VOLUME_READ, volume);
    }

    @Override
    public List<RemoteVolume> list() {
        return wire.ask(Protocol.VOLUME_LIST, new Protocol.Nothing());
    }

    @Override
    public void delete(RemoteId volume) {
        wire.tell(Protocol.VOLUME_DELETE, volume);
    }

    @Override
    public RemoteDisk attach(RemoteId machine, RemoteId volume, Optional<String> device) {
        return wire.ask(Protocol.VOLUME_ATTACH, new Protocol.Attach(machine, volume, device));
    }

    @Override
    public void detach(RemoteId machine, RemoteId volume) {
        wire.tell(Protocol.VOLUME_DETACH, new Protocol.Part(machine, volume));
    }

    @Override
    public RemoteVolume resize(RemoteId volume, long sizeMib) {
        return wire.ask(Protocol.VOLUME_RESIZE, new Protocol.Grow(volume, sizeMib));
    }
}

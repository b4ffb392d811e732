package hansa.drivers.simulated;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import java.util.List;
import java.util.Optional;

/** The copies of volumes of a simulated cloud in another process. */
record RemoteVolumeCopies(Wire wire) implements VolumeCopies {

    @Override
    public RemoteVolumeCopy take(RemoteId volume, Token token, String name, Kind kind) {
        return wire.ask(Protocol.COPY_TAKE, new Protocol.NewCopy(volume, token, name, kind));
    }

    @Override
    public Optional<RemoteVolumeCopy> findByToken(Token token) {
        return wire.ask(Protocol.COPY_FIND, token);
    }

    @Override
    public RemoteVolumeCopy read(RemoteId copy) {
        return wire.ask(Protocol.COPY_READ, copy);
    }

    @Override
    public List<RemoteVolumeCopy> list() {
        return wire.ask(Protocol.COPY_LIST, new Protocol.Nothing());
    }

    @Override
    public void delete(RemoteId copy) {
        wire.tell(Protocol.COPY_DELETE, copy);
    }

    @Override
    public RemoteVolume restore(RemoteId copy, Token token, String name, long sizeMib) {
        return wire.ask(Protocol.COPY_RESTORE, new Protocol.Restore(copy, token, name, sizeMib));
    }
}

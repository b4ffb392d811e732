package hansa.drivers.simulated;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.Console;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.ImageStore;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import hansa.drivers.simulated.Protocol.Nothing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A simulated cloud that lives in another process. */
final class RemoteCloud implements Cloud {

    private final Wire wire;
    private final List<Facet> facets;

    RemoteCloud(Wire wire) {
        this.wire = wire;
        this.facets = List.of(
                new RemoteVolumes(wire),
                new RemoteVolumeCopies(wire),
                new RemoteNetworks(wire),
                new RemoteSnapshots(wire),
                new RemoteImages(wire),
                new RemoteConsole(wire),
                new RemoteResizing(wire),
                new RemoteAccounts(wire),
                new RemoteAdoption(wire),
                new RemoteHostAffinity(wire),
                new RemoteBooks(wire));
    }

    @Override
    public CloudDescription describe() {
        return wire.ask(Protocol.DESCRIBE, new Nothing());
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return wire.ask(Protocol.CREATE, new Protocol.NewMachine(order, Optional.empty()));
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        return wire.ask(Protocol.FIND, token);
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return wire.ask(Protocol.READ, machine);
    }

    @Override
    public List<RemoteMachine> list() {
        List<RemoteMachine> all = new ArrayList<>();
        Optional<RemoteId> last = Optional.empty();
        List<RemoteMachine> page;
        do {
            page = wire.ask(Protocol.LIST, new Protocol.After(last));
            all.addAll(page);
            last = page.isEmpty() ? last : Optional.of(page.getLast().id());
        } while (page.size() == Protocol.PAGE);
        return List.copyOf(all);
    }

    @Override
    public void delete(RemoteId machine) {
        wire.tell(Protocol.DELETE, machine);
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        wire.tell(Protocol.POWER, new Protocol.Power(machine, action));
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return facets.stream().filter(facet::isInstance).map(facet::cast).findFirst();
    }

    @Override
    public Recovery recover(Set<Token> known) {
        return wire.ask(Protocol.RECOVER, known);
    }

    @Override
    public void close() {
        wire.close();
    }

    private record RemoteSnapshots(Wire wire) implements Snapshots {

        @Override
        public Snapshot create(RemoteId machine, Token token, String name) {
            return wire.ask(Protocol.SNAPSHOT_CREATE, new Protocol.Named(machine, token, name));
        }

        @Override
        public List<Snapshot> list(RemoteId machine) {
            return wire.ask(Protocol.SNAPSHOT_LIST, machine);
        }

        @Override
        public void revert(RemoteId machine, RemoteId snapshot) {
            wire.tell(Protocol.SNAPSHOT_REVERT, new Protocol.Part(machine, snapshot));
        }

        @Override
        public void delete(RemoteId machine, RemoteId snapshot) {
            wire.tell(Protocol.SNAPSHOT_DELETE, new Protocol.Part(machine, snapshot));
        }
    }

    private record RemoteImages(Wire wire) implements ImageStore {

        /** Asked each time, since they are terms of the other process, which may have begun anew with others. */
        @Override
        public List<String> formats() {
            return wire.ask(Protocol.IMAGE_FORMATS, new Nothing());
        }

        @Override
        public RemoteImage upload(Token token, String name, String format, Path file) {
            return wire.upload(token, name, format, file);
        }

        @Override
        public RemoteImage capture(RemoteId machine, Token token, String name) {
            return wire.ask(Protocol.IMAGE_CAPTURE, new Protocol.Named(machine, token, name));
        }

        @Override
        public Optional<RemoteImage> findByToken(Token token) {
            return wire.ask(Protocol.IMAGE_FIND, token);
        }

        @Override
        public RemoteImage read(RemoteId image) {
            return wire.ask(Protocol.IMAGE_READ, image);
        }

        @Override
        public void download(RemoteId image, Path file) {
            wire.download(image, file);
        }

        @Override
        public void delete(RemoteId image) {
            wire.tell(Protocol.IMAGE_DELETE, image);
        }
    }

    private record RemoteConsole(Wire wire) implements Console {

        @Override
        public Output read(RemoteId machine, long offset, int maxBytes) {
            return wire.ask(Protocol.CONSOLE_READ, new Protocol.ConsoleRead(machine, offset, maxBytes));
        }
    }

    private record RemoteHostAffinity(Wire wire) implements HostAffinity {

        @Override
        public RemoteMachine create(MachineOrder order, HostGroup group) {
            return wire.ask(Protocol.CREATE, new Protocol.NewMachine(order, Optional.of(group)));
        }
    }

    private record RemoteBooks(Wire wire) implements UsageHistory {

        @Override
        public List<RemoteUsage> usage(Instant from, Instant to) {
            return wire.ask(Protocol.USAGE, new Protocol.Between(from, to));
        }
    }

    private record RemoteResizing(Wire wire) implements Resizing {

        @Override
        public boolean needsStop() {
            return true;
        }

        @Override
        public RemoteMachine resize(RemoteId machine, Size size, Optional<RemoteId> flavour) {
            return wire.ask(Protocol.RESIZE, new Protocol.Resize(machine, size, flavour));
        }
    }
}

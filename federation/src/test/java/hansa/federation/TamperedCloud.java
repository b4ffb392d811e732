package hansa.federation;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.ImageStore;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A cloud whose calls a test may hold up, count, or answer in another way. Of its facets it leaves all but {@link Adoption},
 * {@link HostAffinity}, {@link ImageStore} and {@link UsageHistory} alone.
 */
public record TamperedCloud(Cloud cloud, Tampering tampering) implements Cloud {

    /** What becomes of a call. */
    @FunctionalInterface
    public interface Tampering {

        /** @param answer asks the cloud */
        Object call(String verb, Supplier<Object> answer);
    }

    @SuppressWarnings("unchecked")
    private <T> T call(String verb, Supplier<T> answer) {
        return (T) tampering.call(verb, answer::get);
    }

    private void tell(String verb, Runnable work) {
        Object _ = call(verb, () -> {
            work.run();
            return true;
        });
    }

    @Override
    public CloudDescription describe() {
        return call("describe", cloud::describe);
    }

    @Override
    public RemoteMachine create(MachineOrder order) {
        return call("create", () -> cloud.create(order));
    }

    @Override
    public Optional<RemoteMachine> findByToken(Token token) {
        return call("find", () -> cloud.findByToken(token));
    }

    @Override
    public RemoteMachine read(RemoteId machine) {
        return call("read " + machine, () -> cloud.read(machine));
    }

    @Override
    public List<RemoteMachine> list() {
        return call("list", cloud::list);
    }

    @Override
    public void delete(RemoteId machine) {
        tell("delete " + machine, () -> cloud.delete(machine));
    }

    @Override
    public void power(RemoteId machine, PowerAction action) {
        tell("power " + machine, () -> cloud.power(machine, action));
    }

    private Facet tampered(Facet there) {
        return switch (there) {
            case Adoption adoption -> new TamperedAdoption(adoption);
            case HostAffinity affinity -> new TamperedAffinity(affinity);
            case ImageStore images -> new TamperedImages(images);
            case UsageHistory books -> (UsageHistory) (from, to) -> call("usage", () -> books.usage(from, to));
            default -> there;
        };
    }

    private final class TamperedAffinity implements HostAffinity {

        private final HostAffinity affinity;

        TamperedAffinity(HostAffinity affinity) {
            this.affinity = affinity;
        }

        @Override
        public RemoteMachine create(MachineOrder order, HostGroup group) {
            return call("create " + group.relation() + " in " + group.name(), () -> affinity.create(order, group));
        }
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> facet) {
        return cloud.facet(facet).map(there -> facet.cast(tampered(there)));
    }

    private final class TamperedAdoption implements Adoption {
        private final Adoption adoption;

        TamperedAdoption(Adoption adoption) {
            this.adoption = adoption;
        }

        @Override
        public List<RemoteMachine> others() {
            return call("others", adoption::others);
        }

        @Override
        public RemoteMachine adopt(RemoteId machine, Token token) {
            return call("adopt " + machine, () -> adoption.adopt(machine, token));
        }

        @Override
        public void release(RemoteId machine) {
            tell("release " + machine, () -> adoption.release(machine));
        }
    }

    private final class TamperedImages implements ImageStore {
        private final ImageStore images;

        TamperedImages(ImageStore images) {
            this.images = images;
        }

        @Override
        public List<String> formats() {
            return images.formats();
        }

        @Override
        public RemoteImage upload(Token token, String name, String format, Path file) {
            return call("image-upload", () -> images.upload(token, name, format, file));
        }

        @Override
        public RemoteImage capture(RemoteId machine, Token token, String name) {
            return call("image-capture", () -> images.capture(machine, token, name));
        }

        @Override
        public Optional<RemoteImage> findByToken(Token token) {
            return call("image-find", () -> images.findByToken(token));
        }

        @Override
        public RemoteImage read(RemoteId image) {
            return call("image-read", () -> images.read(image));
        }

        @Override
        public void download(RemoteId image, Path file) {
            tell("image-download", () -> images.download(image, file));
        }

        @Override
        public void delete(RemoteId image) {
            tell("image-delete", () -> images.delete(image));
        }
    }

    @Override
    public Recovery recover(Set<Token> known) {
        return call("recover", () -> cloud.recover(known));
    }

    @Override
    public void close() {
        cloud.close();
    }
}

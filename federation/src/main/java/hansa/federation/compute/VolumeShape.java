package hansa.federation.compute;

import hansa.cloud.RemoteId;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.policy.Action;
import hansa.federation.stored.Documents.Form;
import java.util.Collection;
import java.util.List;

/** How volumes lie in their table. */
final class VolumeShape implements Shape<Volume, VolumeWork> {

    private final Form<Volume> volumes = Forms.ALL.form(Volume.class);
    private final Form<VolumeWork> works = Forms.ALL.form(VolumeWork.class);

    @Override
    public String name() {
        return "volume";
    }

    @Override
    public Member.Kind member() {
        return Member.Kind.VOLUME;
    }

    @Override
    public boolean shares() {
        return false;
    }

    @Override
    public Form<Volume> resources() {
        return volumes;
    }

    @Override
    public Form<VolumeWork> works() {
        return works;
    }

    @Override
    public Guarded guarded(Volume volume) {
        return Guarded.of(volume);
    }

    @Override
    public Guarded guarded(String id, String owner, String vo, String cloud, String image, String flavour) {
        return Guarded.volume(id, owner, vo, cloud);
    }

    @Override
    public Action list() {
        return Action.VOLUME_LIST;
    }

    @Override
    public Action look() {
        return Action.VOLUME_READ;
    }

    @Override
    public Keys keys(Volume volume, VolumeWork work) {
        return new Keys(
                volume.id().value(),
                volume.owner(),
                volume.vo().orElse(""),
                volume.cloud().value(),
                volume.title(),
                volume.state().name(),
                volume.copy()
                        .map(Volume.Copy::of)
                        .or(volume::from)
                        .map(VolumeId::value)
                        .orElse(""),
                volume.copy().map(copy -> copy.kind().name()).orElse(""),
                work.token().value(),
                work.remote().map(RemoteId::value).orElse(""),
                volume.generation());
    }

    @Override
    public Collection<String> values(Volume volume, Attribute attribute) {
        return switch (attribute) {
            case ID -> List.of(volume.id().value());
            case OWNER -> List.of(volume.owner());
            case SUMMARY -> List.of(volume.summary());
            case MESSAGE -> List.of(volume.message());
            case SIZE_MIB -> List.of(Long.toString(volume.sizeMib()));
            case MACHINE ->
                volume.attachment()
                        .map(attachment -> List.of(attachment.machine().value()))
                        .orElse(List.of());
            case COPY_OF ->
                volume.copy().map(copy -> List.of(copy.of().value())).orElse(List.of());
            case COPY_KIND ->
                volume.copy().map(copy -> List.of(copy.kind().name())).orElse(List.of("VOLUME"));
            case HOSTNAME,
                    ARCHITECTURE,
                    CORES,
                    MEMORY_MIB,
                    VLAN,
                    LABEL,
                    CIDR,
                    GATEWAY,
                    ALLOCATION,
                    NETWORK,
                    VOLUME,
                    DEVICE,
                    MAC,
                    ADDRESS,
                    MOUNTPOINT -> List.of();
        };
    }
}

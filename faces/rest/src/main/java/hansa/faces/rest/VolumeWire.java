package hansa.faces.rest;

import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.federation.caller.Caller;
import hansa.federation.compute.NewCopy;
import hansa.federation.compute.VolumeAction;
import hansa.federation.compute.VolumeId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Volumes as they look on the wire. */
final class VolumeWire {

    private VolumeWire() {}

    record Volume(
            String id,
            String title,
            String summary,
            String owner,
            Optional<String> vo,
            String cloud,
            String kind,
            Optional<String> of,
            Optional<Instant> taken,
            Optional<String> from,
            long sizeMib,
            String state,
            String message,
            Optional<String> vm,
            Optional<String> attachment,
            List<String> tags,
            Instant created,
            Instant changed,
            Instant observed,
            long generation) {

        static Volume of(hansa.federation.compute.Volume volume) {
            return new Volume(
                    volume.id().value(),
                    volume.title(),
                    volume.summary(),
                    volume.owner(),
                    volume.vo(),
                    volume.cloud().value(),
                    volume.copy().map(copy -> Texts.of(copy.kind())).orElse("volume"),
                    volume.copy().map(copy -> copy.of().value()),
                    volume.copy().flatMap(hansa.federation.compute.Volume.Copy::taken),
                    volume.from().map(VolumeId::value),
                    volume.sizeMib(),
                    Texts.of(volume.state()),
                    volume.message(),
                    volume.attachment().map(held -> held.machine().value()),
                    volume.attachment().map(held -> held.link().value()),
                    volume.tags().stream().sorted().toList(),
                    volume.created(),
                    volume.changed(),
                    volume.observed(),
                    volume.generation());
        }
    }

    record NewVolume(
            Optional<String> id,
            Optional<String> title,
            Optional<String> summary,
            Optional<Long> sizeMib,
            Optional<String> from,
            Optional<String> cloud,
            Optional<List<String>> tags) {

        hansa.federation.compute.NewVolume wanted(Caller caller) {
            if (sizeMib.isEmpty() && from.isEmpty()) {
                throw new Failure(ErrorCode.ATTRIBUTE_MISSING, "'sizeMib' is missing; give it a value.");
            }
            sizeMib.filter(size -> size < 1).ifPresent(size -> {
                throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "A volume has 1 MiB to 64 TiB, not " + size + " MiB.");
            });
            return new hansa.federation.compute.NewVolume(
                    id.map(VolumeId::new),
                    title.orElse(""),
                    summary.orElse(""),
                    sizeMib.orElse(0L),
                    cloud.map(Texts::cloud),
                    TagNames.ids(caller, tags.orElse(List.of())),
                    from.map(VolumeId::new));
        }
    }

    record VolumeChange(Optional<String> title, Optional<String> summary, Optional<Long> sizeMib) {

        static final List<String> REMOVABLE = List.of("title", "summary");

        hansa.federation.compute.VolumeChange wanted() {
            return new hansa.federation.compute.VolumeChange(title, summary, sizeMib, Set.of(), Set.of());
        }
    }

    record CopyOptions(Optional<String> id, Optional<String> title, Optional<String> summary) {

        NewCopy wanted(Kind kind) {
            return new NewCopy(kind, id.map(VolumeId::new), title.orElse(""), summary.orElse(""));
        }
    }

    record ResizeOptions(Long sizeMib) {

        VolumeAction resize() {
            return new VolumeAction.Resize(sizeMib);
        }
    }
}

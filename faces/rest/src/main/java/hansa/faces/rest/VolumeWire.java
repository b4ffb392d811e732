package hansa.faces.rest;

import hansa.federation.caller.Caller;
import hansa.federation.compute.VolumeAction;
import hansa.federation.compute.VolumeId;
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
            Long sizeMib,
            Optional<String> cloud,
            Optional<List<String>> tags) {

        hansa.federation.compute.NewVolume wanted(Caller caller) {
            return new hansa.federation.compute.NewVolume(
                    id.map(VolumeId::new),
                    title.orElse(""),
                    summary.orElse(""),
                    sizeMib,
                    cloud.map(Texts::cloud),
                    TagNames.ids(caller, tags.orElse(List.of())),
                    Optional.empty());
        }
    }

    record VolumeChange(Optional<String> title, Optional<String> summary, Optional<Long> sizeMib) {

        static final List<String> REMOVABLE = List.of("title", "summary");

        hansa.federation.compute.VolumeChange wanted() {
            return new hansa.federation.compute.VolumeChange(title, summary, sizeMib, Set.of(), Set.of());
        }
    }

    record ResizeOptions(Long sizeMib) {

        VolumeAction resize() {
            return new VolumeAction.Resize(sizeMib);
        }
    }
}

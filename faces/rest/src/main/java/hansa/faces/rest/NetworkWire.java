package hansa.faces.rest;

import hansa.federation.caller.Caller;
import hansa.federation.compute.Allocation;
import hansa.federation.compute.NetworkId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Networks as they look on the wire. */
final class NetworkWire {

    private NetworkWire() {}

    record Network(
            String id,
            String title,
            String summary,
            Optional<String> owner,
            Optional<String> vo,
            String cloud,
            String label,
            Optional<Integer> vlan,
            Optional<String> cidr,
            Optional<String> gateway,
            String allocation,
            boolean publicAddresses,
            String state,
            String message,
            List<String> tags,
            Instant created,
            Instant changed,
            Instant observed,
            long generation) {

        static Network of(hansa.federation.compute.Network network) {
            return new Network(
                    network.id().value(),
                    network.title(),
                    network.summary(),
                    network.owner(),
                    network.vo(),
                    network.cloud().value(),
                    network.label(),
                    network.vlan(),
                    network.cidr(),
                    network.gateway(),
                    Texts.of(network.allocation()),
                    network.publicAddresses(),
                    Texts.of(network.state()),
                    network.message(),
                    network.tags().stream().sorted().toList(),
                    network.created(),
                    network.changed(),
                    network.observed(),
                    network.generation());
        }
    }

    record NewNetwork(
            Optional<String> id,
            Optional<String> title,
            Optional<String> summary,
            Optional<String> label,
            Optional<Integer> vlan,
            Optional<String> cidr,
            Optional<String> gateway,
            Optional<String> allocation,
            Optional<String> cloud,
            Optional<List<String>> tags) {

        hansa.federation.compute.NewNetwork wanted(Caller caller) {
            return new hansa.federation.compute.NewNetwork(
                    id.map(NetworkId::new),
                    title.orElse(""),
                    summary.orElse(""),
                    label.orElse(""),
                    vlan,
                    cidr,
                    gateway,
                    Texts.choice("allocation", allocation, Allocation.class, Allocation.DYNAMIC),
                    cloud.map(Texts::cloud),
                    TagNames.ids(caller, tags.orElse(List.of())));
        }
    }

    record NetworkChange(Optional<String> title, Optional<String> summary, Optional<String> label) {

        static final List<String> REMOVABLE = List.of("title", "summary", "label");

        hansa.federation.compute.NetworkChange wanted() {
            return new hansa.federation.compute.NetworkChange(title, summary, label, Set.of(), Set.of());
        }
    }
}

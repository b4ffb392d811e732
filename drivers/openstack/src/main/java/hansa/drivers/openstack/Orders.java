package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts an order into OpenStack's words and places it, in one call that also leaves the token. */
final class Orders {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_HOSTNAME = 63;

    private final Nova nova;
    private final Flavours flavours;
    private final KeyPairs keyPairs;
    private final SecurityGroups groups;
    private final Neutron neutron;
    private final Ports ports;
    private final PublicAddresses addresses;
    private final Disks disks;
    private final OpenStackSettings settings;

    Orders(
            Nova nova,
            Flavours flavours,
            KeyPairs keyPairs,
            SecurityGroups groups,
            Neutron neutron,
            Ports ports,
            PublicAddresses addresses,
            Disks disks,
            OpenStackSettings settings) {
        this.nova = nova;
        this.flavours = flavours;
        this.keyPairs = keyPairs;
        this.groups = groups;
        this.neutron = neutron;
        this.ports = ports;
        this.addresses = addresses;
        this.disks = disks;
        this.settings = settings;
    }

    /** A machine's server group, and what the machine's metadata keep of it. */
    record Joined(String group, Map<String, String> metadata) {

        Joined {
            metadata = Map.copyOf(metadata);
        }
    }

    /** @return the id of the machine */
    RemoteId place(MachineOrder order, Optional<Joined> joined) {
        order.account().ifPresent(account -> {
            throw new CloudException.InvalidRequest(
                    "machines are made in the project of the settings and not in the name of '" + account + "'");
        });
        GuestContext context = GuestContext.of(order.context(), settings.keys());
        Interfaces interfaces = interfaces(order);
        try {
            return place(order, joined, context, interfaces);
        } catch (CloudException.NotFound | CloudException.InvalidRequest e) {
            if (!Refusals.says(e.text(), "key_name", "keypair", "security group")) {
                withdraw(order, interfaces);
                throw e;
            }
            // What we remember was deleted behind our back.
            context.key().ifPresent(key -> keyPairs.forget(keyPairs.named(key)));
            groups.forget();
            return place(order, joined, context, interfaces);
        } catch (CloudException.Conflict
                | CloudException.QuotaExceeded
                | CloudException.NoCapacity
                | CloudException.Unauthorised e) {
            withdraw(order, interfaces);
            throw e;
        }
    }

    private RemoteId place(MachineOrder order, Optional<Joined> joined, GuestContext context, Interfaces interfaces) {
        String flavour = flavours.choose(order, disks.anySize());
        Disks.Asked asked = disks.of(order, flavour, nova.version().atLeast(2, 67));
        Map<String, String> metadata = metadata(order, interfaces);
        metadata.putAll(asked.metadata());
        joined.ifPresent(group -> metadata.putAll(group.metadata()));
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("name", name(order));
        server.put("imageRef", asked.image());
        server.put("flavorRef", flavour);
        server.put("metadata", metadata);
        if (!interfaces.asked().isEmpty()) {
            server.put("networks", interfaces.asked());
        }
        if (settings.dialect().hasSecurityGroups()) {
            server.put("config_drive", true);
            server.put(
                    "security_groups",
                    groups.ids().stream().map(id -> Map.of("name", id)).toList());
            context.userData().ifPresent(data -> server.put("user_data", data));
            context.key().ifPresent(key -> server.put("key_name", keyPairs.named(key)));
        } else {
            server.putAll(Dialect.personality(order.context()));
        }
        settings.availabilityZone().ifPresent(zone -> server.put("availability_zone", zone));
        if (!asked.mapping().isEmpty()) {
            server.put("block_device_mapping_v2", asked.mapping());
        }
        if (nova.hasTags()) {
            server.put("tags", List.of(Marks.tag(order.token())));
        }
        if (nova.version().atLeast(2, 90)) {
            order.context()
                    .hostname()
                    .filter(name -> name.length() <= LONGEST_HOSTNAME)
                    .ifPresent(name -> server.put("hostname", name));
        }
        return nova.create(server, joined.map(Joined::group));
    }

    private static String name(MachineOrder order) {
        String line = order.name().replaceAll("\\p{Cntrl}", " ").strip();
        String cut = line.length() <= LONGEST_NAME
                ? line
                : line.substring(0, LONGEST_NAME).strip();
        return cut.isEmpty() ? order.token().value() : cut;
    }

    private static Map<String, String> metadata(MachineOrder order, Interfaces interfaces) {
        Map<String, String> metadata = new LinkedHashMap<>(Wishes.metadata(interfaces.wishes()));
        metadata.put(Marks.TOKEN, order.token().value());
        if (interfaces.extras()) {
            metadata.put(Marks.EXTRAS, "true");
        }
        return metadata;
    }

    /**
     * @param asked as Nova is told; empty where the cloud is to find a network
     * @param wishes those of the orders that only Nova's own metadata keeps
     * @param extras whether some of them do not go away with the machine
     */
    private record Interfaces(List<Map<String, Object>> asked, List<NicOrder> wishes, boolean extras) {}

    private Interfaces interfaces(MachineOrder order) {
        List<NicOrder> outside = new ArrayList<>();
        List<NicOrder> inside = new ArrayList<>();
        for (NicOrder nic : order.nics()) {
            RemoteNetwork network = neutron.known(nic.network());
            settings.dialect().requirePossible(nic, network);
            (network.publicAddresses() ? outside : inside).add(nic);
        }
        List<Map<String, Object>> asked = new ArrayList<>();
        List<NicOrder> wishes = new ArrayList<>();
        List<String> made = new ArrayList<>();
        for (NicOrder nic : inside) {
            // A public address leads to an interface that is there already, so one is made for it before the machine
            // is.
            if (nic.mac().isPresent() || !outside.isEmpty()) {
                made.add(ports.ensure(order.token(), nic).path("id").asString(""));
                asked.add(Map.of("port", made.getLast()));
            } else {
                wishes.add(nic);
                Map<String, Object> network =
                        new LinkedHashMap<>(Map.of("uuid", nic.network().value()));
                nic.address().ifPresent(address -> network.put("fixed_ip", address));
                asked.add(network);
            }
        }
        boolean theirs =
                settings.dialect().findsNetworks() && settings.network().isEmpty();
        if (inside.isEmpty() && !theirs) {
            RemoteId standard = neutron.standard().id();
            if (outside.isEmpty()) {
                asked.add(Map.of("uuid", standard.value()));
            } else {
                made.add(ports.ensure(order.token(), Optional.empty(), standard, Optional.empty(), Optional.empty())
                        .path("id")
                        .asString(""));
                asked.add(Map.of("port", made.getLast()));
            }
        }
        Interfaces interfaces = new Interfaces(asked, wishes, !made.isEmpty());
        try {
            outside.forEach(nic -> addresses.lead(order.token(), nic, made));
        } catch (CloudException e) {
            withdraw(order, interfaces);
            throw e;
        }
        return interfaces;
    }

    private void withdraw(MachineOrder order, Interfaces interfaces) {
        if (interfaces.extras()) {
            addresses.giveBackOf(order.token());
            ports.deleteOf(order.token());
        }
    }
}

package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.protocols.opennebula.Image;
import hansa.protocols.opennebula.ImageState;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.VirtualNetwork;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Puts an order into OpenNebula's words and places it, in one call that also leaves the token. */
final class Orders {

    private static final long MIB_PER_GIB = 1024;

    private final Account account;
    private final NetworkAccount networks;
    private final OpenNebulaSettings settings;

    Orders(Account account, NetworkAccount networks, OpenNebulaSettings settings) {
        this.account = account;
        this.networks = networks;
        this.settings = settings;
    }

    /**
     * @param membership of a group of machines, as attributes of the template; may be empty
     * @return the number of the machine
     */
    int place(MachineOrder order, SequencedMap<String, String> membership) {
        order.account().ifPresent(account -> {
            throw new CloudException.InvalidRequest(
                    "machines are made as the user of the settings and not in the name of '" + account + "'");
        });
        Image image = bootable(order.image());
        OptionalInt from = order.flavour().isPresent()
                ? OptionalInt.of(account.number(order.flavour().get(), "template"))
                : settings.template();
        String name = MachineName.of(order.name());
        Template template = Template.EMPTY.with(Marks.TOKEN, order.token().value());
        if (!name.equals(order.name())) {
            template = template.with(Marks.NAME, order.name());
        }
        if (order.flavour().isEmpty()) {
            template = capacity(template, order.size());
        }
        template = template.with("DISK", rootDisk(image, order.size()));
        for (RemoteId volume : order.volumes()) {
            template = template.with("DISK", volume(volume));
        }
        for (SequencedMap<String, String> nic : nics(order, from.isPresent())) {
            template = template.with("NIC", nic);
        }
        template = template.with("CONTEXT", GuestContext.of(order.context(), settings.context()));
        if (!membership.isEmpty()) {
            template = template.with("VMGROUP", membership);
        }
        return from.isPresent()
                ? account.instantiate(from.getAsInt(), name, template)
                : account.allocate(template.with("NAME", name));
    }

    private Image bootable(RemoteId id) {
        Image image = account.image(account.number(id, "image"));
        if (image.type() != Image.OPERATING_SYSTEM) {
            throw new CloudException.InvalidRequest("the image " + id + " is not one to boot from");
        }
        if (image.persistent() && image.imageState().equals(Optional.of(ImageState.USED_PERS))) {
            throw new CloudException.Conflict("the image " + id + " is persistent, and a machine has it already");
        }
        return image;
    }

    Template capacity(Template template, Size size) {
        BigDecimal cpu = settings.cpuPerCore()
                .multiply(BigDecimal.valueOf(size.cores()))
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return template.with("CPU", cpu.toPlainString())
                .with("VCPU", Integer.toString(size.cores()))
                .with("MEMORY", Long.toString(size.memoryMib()));
    }

    private static SequencedMap<String, String> rootDisk(Image image, Size size) {
        SequencedMap<String, String> disk = new LinkedHashMap<>();
        disk.put("IMAGE_ID", Integer.toString(image.id()));
        if (!image.persistent() && size.diskGib() * MIB_PER_GIB > image.sizeMib()) {
            disk.put("SIZE", Long.toString(size.diskGib() * MIB_PER_GIB));
        }
        return disk;
    }

    private SequencedMap<String, String> volume(RemoteId volume) {
        SequencedMap<String, String> disk = new LinkedHashMap<>();
        disk.put("IMAGE_ID", Integer.toString(account.number(volume, "volume")));
        return disk;
    }

    private List<SequencedMap<String, String>> nics(MachineOrder order, boolean hasTemplate) {
        if (!order.nics().isEmpty()) {
            return order.nics().stream().map(this::nic).toList();
        }
        if (settings.network().isEmpty() && hasTemplate) {
            return List.of();
        }
        SequencedMap<String, String> nic = new LinkedHashMap<>();
        nic.put("NETWORK_ID", Integer.toString(settings.network().orElseGet(this::onlyNetwork)));
        return List.of(nic);
    }

    SequencedMap<String, String> nic(NicOrder order) {
        SequencedMap<String, String> nic = new LinkedHashMap<>();
        nic.put("NETWORK_ID", Integer.toString(account.number(order.network(), "network")));
        nic.put(Marks.TOKEN, order.token().value());
        order.address().ifPresent(address -> nic.put("IP", address));
        if (settings.macWishes()) {
            order.mac().ifPresent(mac -> nic.put("MAC", mac));
        }
        return nic;
    }

    private int onlyNetwork() {
        List<VirtualNetwork> usable = networks.usable();
        if (usable.size() == 1) {
            return usable.getFirst().id();
        }
        String names = usable.stream()
                .limit(20)
                .map(network -> network.id() + " (" + Refusals.oneLine(network.name()) + ")")
                .collect(Collectors.joining(", "));
        throw new CloudException.InvalidRequest(
                usable.isEmpty()
                        ? "the account may use no network of OpenNebula"
                        : "it is not said which network the machine gets; there are " + names);
    }
}

package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Networks and security groups: one network that an administrator made, and those that users make. */
final class OnedNetworks {

    private final Oned oned;
    private final TreeMap<Integer, Net> nets = new TreeMap<>();
    private final TreeMap<Integer, Group> groups = new TreeMap<>();
    private int lastNet;
    private int lastGroup = 99;

    private record Net(
            int id, int owner, String name, Map<String, String> template, String first, int size, Set<String> used) {}

    private record Group(int id, int owner, String name, List<Element> rules) {}

    OnedNetworks(Oned oned) {
        this.oned = oned;
        Map<String, String> template = new LinkedHashMap<>();
        template.put("NETWORK_MASK", "255.255.255.0");
        template.put("GATEWAY", "10.0.0.1");
        nets.put(0, new Net(0, Oned.ADMIN, "net1", template, "10.0.0.10", 50, new HashSet<>()));
    }

    void register() {
        oned.calls.add(
                "one.vnpool.info",
                "iii",
                (user, _) -> Value.of(new OnedXml()
                        .in(
                                "VNET_POOL",
                                pool -> nets.values().stream()
                                        .filter(net -> net.id() == 0 || Oned.mayManage(user, net.owner()))
                                        .forEach(net -> write(net, pool)))
                        .toString()));
        oned.calls.add("one.vn.info", "i", (_, parameters) -> {
            OnedXml xml = new OnedXml();
            write(net(parameters.number(0)), xml);
            return Value.of(xml.toString());
        });
        oned.calls.add("one.vn.allocate", "si", this::allocate);
        oned.calls.add("one.vn.update", "isi", (user, parameters) -> {
            Net net = own(user, parameters.number(0));
            Oned.parse(parameters.text(1))
                    .children()
                    .forEach(one -> net.template().put(one.name(), one.text()));
            return Value.of(net.id());
        });
        oned.calls.add("one.vn.delete", "i", (user, parameters) -> {
            Net net = own(user, parameters.number(0));
            if (!net.used().isEmpty()) {
                throw new OnedRefusal(
                        ErrorKind.ACTION, "[one.vn.delete] Can not remove a virtual network with leases in use");
            }
            nets.remove(net.id());
            return Value.of(net.id());
        });
        registerGroups();
    }

    private void registerGroups() {
        oned.calls.add(
                "one.secgrouppool.info",
                "iii",
                (user, _) -> Value.of(new OnedXml()
                        .in(
                                "SECURITY_GROUP_POOL",
                                pool -> groups.values().stream()
                                        .filter(group -> group.owner() == user)
                                        .forEach(group -> pool.in(
                                                "SECURITY_GROUP",
                                                one -> one.number("ID", group.id())
                                                        .value("NAME", group.name()))))
                        .toString()));
        oned.calls.add("one.secgroup.allocate", "s", (user, parameters) -> {
            Element template = Oned.parse(parameters.text(0));
            String name = template.text("NAME").orElse("");
            if (groups.values().stream()
                    .anyMatch(group -> group.owner() == user && group.name().equals(name))) {
                throw new OnedRefusal(ErrorKind.INTERNAL, "NAME is already taken by SECURITY GROUP.");
            }
            int id = ++lastGroup;
            groups.put(id, new Group(id, user, name, new ArrayList<>(template.children("RULE"))));
            return Value.of(id);
        });
        oned.calls.add("one.secgroup.update", "isi", (user, parameters) -> {
            Group group = group(user, parameters.number(0));
            group.rules().clear();
            group.rules().addAll(Oned.parse(parameters.text(1)).children("RULE"));
            return Value.of(group.id());
        });
        oned.calls.add(
                "one.secgroup.commit",
                "ib",
                (user, parameters) -> Value.of(group(user, parameters.number(0)).id()));
        oned.calls.add("one.secgroup.delete", "i", (user, parameters) -> {
            Group group = group(user, parameters.number(0));
            groups.remove(group.id());
            return Value.of(group.id());
        });
    }

    /** How many rules the groups of that name have, and -1 where there is none. */
    int rules(String group) {
        return groups.values().stream()
                .filter(one -> one.name().equals(group))
                .mapToInt(one -> one.rules().size())
                .findFirst()
                .orElse(-1);
    }

    /** Whether any of the groups of that network lets something pass. */
    boolean passes(String network) {
        return nets.values().stream()
                .filter(net -> net.name().equals(network))
                .flatMap(net -> java.util.stream.Stream.of(
                        net.template().getOrDefault("SECURITY_GROUPS", "0").split(",")))
                .map(Integer::parseInt)
                .anyMatch(id -> id == 0 || !groups.get(id).rules().isEmpty());
    }

    private Group group(int user, int id) {
        Group group = groups.get(id);
        if (group == null || !Oned.mayManage(user, group.owner())) {
            throw new OnedRefusal(ErrorKind.NO_EXISTS, "Error getting security group [" + id + "].");
        }
        return group;
    }

    private Net net(int id) {
        Net net = nets.get(id);
        if (net == null) {
            throw new OnedRefusal(ErrorKind.NO_EXISTS, "[one.vn.info] Error getting virtual network [" + id + "].");
        }
        return net;
    }

    private Net own(int user, int id) {
        Net net = net(id);
        if (!Oned.mayManage(user, net.owner())) {
            throw new OnedRefusal(
                    ErrorKind.AUTHORIZATION,
                    "User [" + user + "] : Not authorized to perform MANAGE NET [" + id + "].");
        }
        return net;
    }

    private Value allocate(int user, OnedCalls.Parameters parameters) {
        Element template = Oned.parse(parameters.text(0));
        String name = template.text("NAME").orElse("");
        if (nets.values().stream()
                .anyMatch(net -> net.owner() == user && net.name().equals(name))) {
            throw new OnedRefusal(ErrorKind.INTERNAL, "NAME is already taken by NET.");
        }
        if (template.text("VN_MAD").isEmpty()) {
            throw new OnedRefusal(ErrorKind.INTERNAL, "No VN_MAD in template for Virtual Network.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        template.children().stream()
                .filter(one -> one.children().isEmpty() && !one.name().equals("NAME"))
                .forEach(one -> values.put(one.name(), one.text()));
        if (values.get("VN_MAD").equals("dummy") && !values.containsKey("BRIDGE")) {
            throw new OnedRefusal(ErrorKind.INTERNAL, "BRIDGE is mandatory for driver dummy");
        }
        group(user, Integer.parseInt(values.getOrDefault("SECURITY_GROUPS", "-1")));
        // The default one is always added, and lets everything pass.
        values.merge("SECURITY_GROUPS", "0", (own, standard) -> standard + "," + own);
        Element range = template.children("AR").getFirst();
        int id = ++lastNet;
        nets.put(
                id,
                new Net(
                        id,
                        user,
                        name,
                        values,
                        range.text("IP").orElseThrow(),
                        range.integer("SIZE").orElseThrow(),
                        new HashSet<>()));
        return Value.of(id);
    }

    private static void write(Net net, OnedXml xml) {
        xml.in("VNET", one -> {
            one.number("ID", net.id())
                    .number("UID", net.owner())
                    .value("NAME", net.name())
                    .number("STATE", 1);
            one.value("VLAN_ID", net.template().getOrDefault("VLAN_ID", ""));
            one.number("USED_LEASES", net.used().size());
            one.in("TEMPLATE", template -> template.values(net.template()));
            one.in(
                    "AR_POOL",
                    pool -> pool.in(
                            "AR",
                            range -> range.number("AR_ID", 0)
                                    .value("IP", net.first())
                                    .number("SIZE", net.size())));
        });
    }

    /** Takes the wished address or the next free one. */
    String lease(int user, String network, String wish) {
        Net net = nets.get(Integer.parseInt(network));
        if (net == null || net.id() != 0 && !Oned.mayManage(user, net.owner())) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "User " + user + " does not own a network with ID: " + network);
        }
        long first = Ipv4.parse(net.first()).orElseThrow();
        for (long address = first; address < first + net.size(); address++) {
            String text = Ipv4.text(address);
            if ((wish.isEmpty() || wish.equals(text)) && net.used().add(text)) {
                return text;
            }
        }
        throw new OnedRefusal(ErrorKind.ALLOCATE, "Cannot get IP/MAC lease from virtual network " + network + ".");
    }

    void release(Map<String, String> nic) {
        Net net = nets.get(Integer.parseInt(nic.getOrDefault("NETWORK_ID", "-1")));
        if (net != null) {
            net.used().remove(nic.get("IP"));
        }
    }
}

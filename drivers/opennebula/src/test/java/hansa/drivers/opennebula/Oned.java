package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.MethodCall;
import hansa.protocols.opennebula.MethodResponse;
import hansa.protocols.opennebula.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A strict OpenNebula in memory that answers as the source of the real one says: typed parameters, users and what they own,
 * states that take a moment, names that are taken or have characters that it does not take, values that it drops or breaks,
 * and its own words and codes for refusals. Its users may create networks, which plain users of the real one may not until
 * they are allowed to. One call at a time.
 */
final class Oned {

    static final int ADMIN = 0;
    static final int ADA = 2;
    static final String ADMIN_SESSION = "oneadmin:secret";
    static final String ADA_SESSION = "ada:pass:word";

    final TreeMap<Integer, OnedImage> images = new TreeMap<>();
    final OnedCalls calls = new OnedCalls();
    final OnedMachines machines;
    final OnedImages imageMethods;
    private final Map<String, Integer> users = Map.of(ADMIN_SESSION, ADMIN, ADA_SESSION, ADA);
    private final Map<Integer, String> templates = new LinkedHashMap<>();
    private final OnedNetworks networks;
    private final OnedStore store = new OnedStore();
    private final OnedGroups groups = new OnedGroups(calls);
    private final Duration step;
    private int lastImage = -1;

    Oned(Duration step, String version) {
        this.step = step;
        this.machines = new OnedMachines(this, step);
        this.networks = new OnedNetworks(this);
        calls.add("one.system.version", "", (_, _) -> Value.of(version));
        calls.add("one.user.info", "i", (user, _) -> Value.of(user(user)));
        calls.add("one.group.info", "i", (_, _) -> Value.of(group()));
        calls.add("one.hostpool.info", "", (user, _) -> Value.of(hosts(user)));
        calls.add("one.templatepool.info", "iii", (_, _) -> Value.of(templatePool()));
        calls.add("one.template.instantiate", "isbsb", this::instantiate);
        this.imageMethods = new OnedImages(this, step);
        imageMethods.register();
        machines.register();
        networks.register();
        groups.register();
        addImage(ADMIN, "debian", 0, false, 2048).forAll = true;
        addImage(ADMIN, "files", 2, false, 64).forAll = true;
    }

    OnedImage addImage(int owner, String name, int type, boolean persistent, long sizeMib) {
        int id = ++lastImage;
        OnedImage image = new OnedImage(
                id, owner, name, type, persistent, sizeMib, System.nanoTime() + (id < 2 ? 0 : step.toNanos()));
        images.put(id, image);
        return image;
    }

    /** A template of machines, by its attributes in XML. */
    void addTemplate(int id, String attributes) {
        templates.put(id, attributes);
    }

    synchronized void snapshotsTake(Duration time) {
        machines.snapshots.take(time);
    }

    OnedStore store() {
        return store;
    }

    OnedNetworks networks() {
        return networks;
    }

    OnedGroups groups() {
        return groups;
    }

    synchronized MethodResponse answer(MethodCall call) {
        machines.advance();
        images.values().removeIf(OnedImage::isGone);
        return calls.answer(call, users);
    }

    /** Does something to a machine behind everybody's back. */
    synchronized void meddle(int machine, Consumer<OnedMachine> how) {
        machines.advance();
        how.accept(machines.get(machine));
    }

    private static String user(int user) {
        return new OnedXml()
                .in(
                        "USER",
                        xml -> xml.number("ID", user)
                                .in(
                                        "VM_QUOTA",
                                        quota -> quota.in(
                                                "VM",
                                                vm -> vm.value("VMS", 50)
                                                        .value("VMS_USED", 3)
                                                        .value("CPU", -2)
                                                        .value("CPU_USED", 1.25)
                                                        .value("MEMORY", -1)))
                                .in(
                                        "DEFAULT_USER_QUOTAS",
                                        quotas -> quotas.in(
                                                "VM_QUOTA", quota -> quota.in("VM", vm -> vm.value("MEMORY", 65536)))))
                .toString();
    }

    private static String group() {
        return new OnedXml()
                .in(
                        "GROUP",
                        xml -> xml.number("ID", 1)
                                .in(
                                        "VM_QUOTA",
                                        quota -> quota.in(
                                                "VM",
                                                vm -> vm.value("VMS", 40)
                                                        .value("VMS_USED", 38)
                                                        .value("CPU", -1)
                                                        .value("MEMORY", -2))))
                .toString();
    }

    /** Plain users see no hosts, which is no error. */
    private static String hosts(int user) {
        return new OnedXml()
                .in("HOST_POOL", pool -> {
                    if (user == ADMIN) {
                        host(pool, 0, 2, 800);
                        host(pool, 1, 1, 400);
                        host(pool, 2, 4, 6400);
                    }
                })
                .toString();
    }

    private static void host(OnedXml pool, int id, int state, int cpu) {
        pool.in(
                "HOST",
                host -> host.number("ID", id)
                        .value("NAME", "h" + id)
                        .number("STATE", state)
                        .in(
                                "HOST_SHARE",
                                share -> share.number("MAX_CPU", cpu)
                                        .number("TOTAL_CPU", 1600)
                                        .number("CPU_USAGE", 250)
                                        .number("MAX_MEM", 8L * 1024 * 1024)
                                        .number("MEM_USAGE", 1024L * 1024)
                                        .number("RUNNING_VMS", 2)));
    }

    private String templatePool() {
        StringBuilder pool = new StringBuilder("<VMTEMPLATE_POOL>");
        templates.forEach((id, attributes) -> pool.append("<VMTEMPLATE><ID>")
                .append(id)
                .append("</ID><NAME>template ")
                .append(id)
                .append("</NAME><TEMPLATE>")
                .append(attributes)
                .append("</TEMPLATE></VMTEMPLATE>"));
        return pool.append("</VMTEMPLATE_POOL>").toString();
    }

    private Value instantiate(int user, OnedCalls.Parameters parameters) {
        String base = templates.get(parameters.number(0));
        if (base == null) {
            throw new OnedRefusal(
                    ErrorKind.NO_EXISTS,
                    "[one.template.instantiate] Error getting virtual machine template [" + parameters.number(0)
                            + "].");
        }
        Element more = parse(parameters.text(3));
        Element all = parse("<TEMPLATE>" + base + "</TEMPLATE>");
        if (user != ADMIN) {
            OnedTemplates.requireUnrestricted(more, all);
        }
        java.util.List<Element> merged = new java.util.ArrayList<>(all.children().stream()
                .filter(one -> more.child(one.name()).isEmpty())
                .toList());
        merged.addAll(more.children());
        merged.removeIf(one -> one.name().equals("NAME"));
        merged.add(new Element("TEMPLATE_ID", Integer.toString(parameters.number(0)), java.util.List.of()));
        merged.add(new Element("NAME", parameters.text(1), java.util.List.of()));
        return Value.of(machines.allocate(user, new Element("TEMPLATE", "", merged)));
    }

    static Element parse(String template) {
        return OnedTemplates.parse(template);
    }

    static void requireValidName(String name) {
        OnedTemplates.requireValidName(name);
    }

    static boolean mayManage(int user, int owner) {
        return user == ADMIN || user == owner;
    }
}

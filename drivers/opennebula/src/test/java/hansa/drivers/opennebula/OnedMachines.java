package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.Value;
import hansa.protocols.opennebula.VmState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The methods of machines. */
final class OnedMachines {

    private static final Set<String> KNOWN = Set.of("CPU", "VCPU", "MEMORY", "GRAPHICS", "TEMPLATE_ID");

    private final Oned oned;
    private final Duration step;
    private final TreeMap<Integer, OnedMachine> all = new TreeMap<>();
    private final OnedDevices devices;
    final OnedSnapshots snapshots = new OnedSnapshots(this::own);
    private int last = -1;

    /** The order of lists, which administrators choose. */
    boolean newestFirst;

    OnedMachines(Oned oned, Duration step) {
        this.oned = oned;
        this.step = step;
        this.devices = new OnedDevices(oned);
    }

    void advance() {
        all.values().forEach(OnedMachine::advance);
        all.values().stream().filter(OnedMachine::waits).forEach(this::schedule);
    }

    private void schedule(OnedMachine machine) {
        OptionalInt host = oned.groups().host(machine.id, other -> get(other).host);
        if (host.isPresent()) {
            machine.host = host.getAsInt();
            machine.history.open(now(), body(machine));
            machine.boot();
        } else {
            machine.userTemplate.put(
                    "SCHED_MESSAGE", "Fri Nov 20 20:33:04 2026: Cannot dispatch VM: No host meets SCHED_REQUIREMENTS");
        }
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String body(OnedMachine machine) {
        OnedXml xml = new OnedXml();
        write(machine, xml);
        return xml.toString();
    }

    /** What changes a machine's devices or size closes its record and opens the next. */
    private static void change(OnedMachine machine, Runnable change) {
        machine.history.close(now(), body(machine));
        change.run();
        machine.history.open(now(), body(machine));
    }

    OnedMachine get(int id) {
        OnedMachine machine = all.get(id);
        if (machine == null) {
            throw new OnedRefusal(ErrorKind.NO_EXISTS, "[one.vm.info] Error getting virtual machine [" + id + "].");
        }
        return machine;
    }

    private OnedMachine own(int user, int id, String right) {
        OnedMachine machine = get(id);
        boolean administrates = right.equals("ADMIN") ? user == Oned.ADMIN : Oned.mayManage(user, machine.owner);
        if (!administrates) {
            throw new OnedRefusal(
                    ErrorKind.AUTHORIZATION,
                    "[one.vm.info] User [" + user + "] : Not authorized to perform " + right + " VM [" + id + "].");
        }
        return machine;
    }

    void register() {
        OnedCalls calls = oned.calls;
        calls.add(
                "one.vm.allocate",
                "sb",
                (user, parameters) -> Value.of(allocateInside(user, Oned.parse(parameters.text(0)))));
        calls.add(
                "one.vmpool.accounting",
                "iii",
                (user, parameters) -> Value.of(new OnedXml()
                        .in(
                                "HISTORY_RECORDS",
                                records -> all.values().stream()
                                        .filter(machine -> parameters.number(0) == -3 && machine.owner == user)
                                        .forEach(machine -> machine.history.write(
                                                records, machine.id, parameters.number(1), parameters.number(2))))
                        .toString()));
        calls.add("one.vm.info", "i", (user, parameters) -> {
            OnedXml xml = new OnedXml();
            write(own(user, parameters.number(0), "USE"), xml);
            return Value.of(xml.toString());
        });
        calls.add("one.vmpool.infoextended", "iiii", this::pool);
        calls.add("one.vmpool.info", "iiii", this::pool);
        calls.add("one.vm.action", "si", (user, parameters) -> {
            OnedMachine machine = own(user, parameters.number(1), "MANAGE");
            machine.act(parameters.text(0), () -> release(machine));
            return Value.of(machine.id);
        });
        calls.add("one.vm.recover", "ii", (user, parameters) -> {
            OnedMachine machine = own(user, parameters.number(0), "ADMIN");
            machine.deleteAtOnce(() -> release(machine));
            return Value.of(machine.id);
        });
        calls.add("one.vm.resize", "isb", (user, parameters) -> {
            OnedMachine machine = off(own(user, parameters.number(0), "MANAGE"));
            Element capacity = Oned.parse(parameters.text(1));
            change(machine, () -> capacity.children().forEach(one -> machine.template.put(one.name(), one.text())));
            return Value.of(machine.id);
        });
        calls.add("one.vm.update", "isi", (user, parameters) -> {
            OnedMachine machine = own(user, parameters.number(0), "MANAGE");
            if (parameters.number(2) == 0) {
                machine.userTemplate.clear();
            }
            Oned.parse(parameters.text(1)).children().forEach(one -> machine.userTemplate.put(one.name(), one.text()));
            return Value.of(machine.id);
        });
        snapshots.register(calls);
        devices.register(this::own, OnedMachines::change);
    }

    private static OnedMachine off(OnedMachine machine) {
        if (!machine.isOff()) {
            throw new OnedRefusal(ErrorKind.ACTION, "Resize action is not available for state " + machine.state());
        }
        return machine;
    }

    /** Whatever keeps it from being made has the code of what goes wrong inside. */
    private int allocateInside(int user, Element template) {
        try {
            return allocate(user, template);
        } catch (OnedRefusal refusal) {
            throw refusal.kind() == ErrorKind.ALLOCATE ? new OnedRefusal(ErrorKind.INTERNAL, refusal.words()) : refusal;
        }
    }

    int allocate(int user, Element template) {
        OnedMachine machine =
                new OnedMachine(++last, user, template.text("NAME").orElse("one-" + last), step);
        Oned.requireValidName(machine.name);
        for (Element one : template.children()) {
            switch (one.name()) {
                case "NAME" -> {
                    // Is the machine's own.
                }
                case "DISK" -> devices.addDisk(user, machine, one);
                case "NIC" -> devices.addNic(user, machine, one);
                case "CONTEXT" -> machine.context.putAll(OnedTemplates.context(one));
                case "VMGROUP" -> machine.group.putAll(OnedDevices.values(one));
                default ->
                    (KNOWN.contains(one.name()) ? machine.template : machine.userTemplate).put(one.name(), one.text());
            }
        }
        if (!machine.template.containsKey("CPU") || !machine.template.containsKey("MEMORY")) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "[one.vm.allocate] CPU and MEMORY are required.");
        }
        OnedTemplates.requireDocument(body(machine));
        if (!machine.group.isEmpty()) {
            oned.groups().join(user, machine.group, machine.id);
        }
        for (Map<String, String> disk : machine.disks) {
            devices.image(user, disk).machines.add(machine.id);
        }
        all.put(machine.id, machine);
        schedule(machine);
        return machine.id;
    }

    private void release(OnedMachine machine) {
        machine.history.close(now(), body(machine));
        oned.groups().leave(machine.id);
        machine.host = -1;
        oned.images.values().forEach(image -> image.machines.remove(machine.id));
        machine.nics.forEach(oned.networks()::release);
    }

    private Value pool(int user, OnedCalls.Parameters parameters) {
        int start = parameters.number(1);
        int end = parameters.number(2);
        List<OnedMachine> seen = (newestFirst ? all.descendingMap() : all)
                .values().stream()
                        .filter(machine -> machine.state() != VmState.DONE)
                        .filter(machine -> parameters.number(0) == -3
                                ? machine.owner == user
                                : Oned.mayManage(user, machine.owner))
                        .toList();
        List<OnedMachine> page = end < -1
                ? seen.stream().skip(start).limit(-(long) end).toList()
                : seen.stream()
                        .filter(machine -> (start < 0 || machine.id >= start) && (end < 0 || machine.id <= end))
                        .toList();
        return Value.of(new OnedXml()
                .in("VM_POOL", pool -> page.forEach(machine -> write(machine, pool)))
                .toString());
    }

    private static void write(OnedMachine machine, OnedXml xml) {
        xml.in("VM", vm -> {
            vm.number("ID", machine.id)
                    .number("UID", machine.owner)
                    .number("GID", 1)
                    .value("NAME", machine.name);
            vm.number("STATE", machine.state().number()).number("LCM_STATE", machine.lcmNumber());
            vm.number("STIME", machine.started).number("ETIME", 0);
            vm.in(
                    "TEMPLATE",
                    template -> template.values(machine.template)
                            .vectors("DISK", machine.disks)
                            .vectors("NIC", machine.nics)
                            .vectors("SNAPSHOT", machine.snapshots)
                            .vectors("VMGROUP", machine.group.isEmpty() ? List.of() : List.of(machine.group))
                            .in("CONTEXT", context -> context.values(machine.context)));
            vm.in("USER_TEMPLATE", template -> template.values(machine.userTemplate));
            vm.in("HISTORY_RECORDS", records -> {
                if (machine.placed()) {
                    records.in("HISTORY", history -> history.number("SEQ", 0).number("HID", machine.host));
                }
            });
        });
    }
}

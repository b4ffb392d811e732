package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.LcmState;
import hansa.protocols.opennebula.Value;
import hansa.protocols.opennebula.VmState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The methods of machines. */
final class OnedMachines {

    private static final Set<String> KNOWN = Set.of("CPU", "VCPU", "MEMORY", "GRAPHICS", "TEMPLATE_ID");

    private final Oned oned;
    private final Duration step;
    private final TreeMap<Integer, OnedMachine> all = new TreeMap<>();
    private int last = -1;

    OnedMachines(Oned oned, Duration step) {
        this.oned = oned;
        this.step = step;
    }

    void advance() {
        all.values().forEach(OnedMachine::advance);
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
                (user, parameters) -> Value.of(allocate(user, Oned.parse(parameters.text(0)))));
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
            Oned.parse(parameters.text(1)).children().forEach(one -> machine.template.put(one.name(), one.text()));
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
        calls.add("one.vm.diskresize", "iis", this::resizeDisk);
        calls.add("one.vm.attach", "is", this::attach);
        calls.add("one.vm.detach", "ii", this::detach);
        calls.add("one.vm.disksaveas", "iissi", (user, parameters) -> {
            OnedMachine machine = still(own(user, parameters.number(0), "MANAGE"));
            OnedImage source = image(user, disk(machine, parameters.number(1)));
            int copy = oned.imageMethods.copy(user, source, parameters.text(2)).id;
            machine.pass(LcmState.HOTPLUG_SAVEAS, LcmState.HOTPLUG_SAVEAS_POWEROFF, () -> {});
            return Value.of(copy);
        });
        new OnedSnapshots(this::own).register(calls);
        calls.add("one.vm.attachnic", "is", (user, parameters) -> {
            OnedMachine machine = still(own(user, parameters.number(0), "MANAGE"));
            addNic(user, machine, Oned.parse(parameters.text(1)).children("NIC").getFirst());
            machine.pass(LcmState.HOTPLUG_NIC, LcmState.HOTPLUG_NIC_POWEROFF, () -> {});
            return Value.of(machine.id);
        });
        calls.add("one.vm.detachnic", "ii", (user, parameters) -> {
            OnedMachine machine = still(own(user, parameters.number(0), "MANAGE"));
            Map<String, String> nic = machine.nics.stream()
                    .filter(one -> Integer.toString(parameters.number(1)).equals(one.get("NIC_ID")))
                    .findFirst()
                    .orElseThrow(() -> new OnedRefusal(ErrorKind.ACTION, "NIC does not exist"));
            machine.pass(LcmState.HOTPLUG_NIC, LcmState.HOTPLUG_NIC_POWEROFF, () -> {
                machine.nics.remove(nic);
                oned.networks().release(nic);
            });
            return Value.of(machine.id);
        });
    }

    private static OnedMachine off(OnedMachine machine) {
        if (!machine.isOff()) {
            throw new OnedRefusal(ErrorKind.ACTION, "Resize action is not available for state " + machine.state());
        }
        return machine;
    }

    private static OnedMachine still(OnedMachine machine) {
        if (!machine.isOff() && !machine.runs()) {
            throw new OnedRefusal(
                    ErrorKind.ACTION, "Could not attach a new disk to VM " + machine.id + ", wrong state BUSY.");
        }
        return machine;
    }

    int allocate(int user, Element template) {
        OnedMachine machine =
                new OnedMachine(++last, user, template.text("NAME").orElse("one-" + last), step);
        for (Element one : template.children()) {
            switch (one.name()) {
                case "NAME" -> {
                    // Is the machine's own.
                }
                case "DISK" -> addDisk(user, machine, one);
                case "NIC" -> addNic(user, machine, one);
                case "CONTEXT" -> machine.context.putAll(values(one));
                default ->
                    (KNOWN.contains(one.name()) ? machine.template : machine.userTemplate).put(one.name(), one.text());
            }
        }
        if (!machine.template.containsKey("CPU") || !machine.template.containsKey("MEMORY")) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "[one.vm.allocate] CPU and MEMORY are required.");
        }
        for (Map<String, String> disk : machine.disks) {
            image(user, disk).machines.add(machine.id);
        }
        all.put(machine.id, machine);
        machine.boot();
        return machine.id;
    }

    private static Map<String, String> values(Element vector) {
        Map<String, String> values = new LinkedHashMap<>();
        vector.children().forEach(one -> values.put(one.name(), one.text()));
        return values;
    }

    private OnedImage image(int user, Map<String, String> disk) {
        OnedImage image = oned.images.get(Integer.parseInt(disk.getOrDefault("IMAGE_ID", "-1")));
        if (image == null || !image.forAll && !Oned.mayManage(user, image.owner)) {
            throw new OnedRefusal(
                    ErrorKind.ALLOCATE, "User " + user + " does not own an image with ID: " + disk.get("IMAGE_ID"));
        }
        return image;
    }

    private Map<String, String> addDisk(int user, OnedMachine machine, Element order) {
        Map<String, String> disk = values(order);
        OnedImage image = image(user, disk);
        if (image.persistent && !image.machines.isEmpty()) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "Cannot acquire image " + image.id + ", it is in use");
        }
        int number = machine.disks.stream()
                        .mapToInt(one -> Integer.parseInt(one.getOrDefault("DISK_ID", "0")))
                        .max()
                        .orElse(-1)
                + 1;
        disk.put("DISK_ID", Integer.toString(number));
        disk.putIfAbsent("SIZE", Long.toString(image.sizeMib));
        disk.putIfAbsent("TARGET", "vd" + (char) ('a' + number));
        disk.put("PERSISTENT", image.persistent ? "YES" : "NO");
        machine.disks.add(disk);
        return disk;
    }

    private void addNic(int user, OnedMachine machine, Element order) {
        Map<String, String> nic = values(order);
        if (user != Oned.ADMIN && nic.containsKey("MAC")) {
            throw new OnedRefusal(ErrorKind.AUTHORIZATION, "VM Template includes a restricted attribute NIC/MAC.");
        }
        nic.put("IP", oned.networks().lease(user, nic.getOrDefault("NETWORK_ID", "-1"), nic.getOrDefault("IP", "")));
        int number = machine.nics.stream()
                        .mapToInt(one -> Integer.parseInt(one.getOrDefault("NIC_ID", "0")))
                        .max()
                        .orElse(-1)
                + 1;
        nic.put("NIC_ID", Integer.toString(number));
        nic.putIfAbsent("MAC", "02:00:0a:00:00:0a");
        machine.nics.add(nic);
    }

    private void release(OnedMachine machine) {
        oned.images.values().forEach(image -> image.machines.remove(machine.id));
        machine.nics.forEach(oned.networks()::release);
    }

    private Value pool(int user, OnedCalls.Parameters parameters) {
        int start = parameters.number(1);
        int end = parameters.number(2);
        List<OnedMachine> seen = all.values().stream()
                .filter(machine -> machine.state() != VmState.DONE)
                .filter(machine ->
                        parameters.number(0) == -3 ? machine.owner == user : Oned.mayManage(user, machine.owner))
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
                            .in("CONTEXT", context -> context.values(machine.context)));
            vm.in("USER_TEMPLATE", template -> template.values(machine.userTemplate));
            vm.in("HISTORY_RECORDS", records -> {
                if (machine.placed()) {
                    records.in("HISTORY", history -> history.number("SEQ", 0));
                }
            });
        });
    }

    private Value attach(int user, OnedCalls.Parameters parameters) {
        OnedMachine machine = still(own(user, parameters.number(0), "MANAGE"));
        Element order = Oned.parse(parameters.text(1)).children("DISK").getFirst();
        Map<String, String> disk = addDisk(user, machine, order);
        disk.put("ATTACH", "YES");
        image(user, disk).machines.add(machine.id);
        machine.pass(LcmState.HOTPLUG, LcmState.HOTPLUG_PROLOG_POWEROFF, () -> disk.remove("ATTACH"));
        return Value.of(machine.id);
    }

    private Value detach(int user, OnedCalls.Parameters parameters) {
        OnedMachine machine = still(own(user, parameters.number(0), "MANAGE"));
        Map<String, String> disk = disk(machine, parameters.number(1));
        machine.pass(LcmState.HOTPLUG, LcmState.HOTPLUG_EPILOG_POWEROFF, () -> {
            machine.disks.remove(disk);
            image(user, disk).machines.remove(machine.id);
        });
        return Value.of(machine.id);
    }

    private static Map<String, String> disk(OnedMachine machine, int number) {
        return machine.disks.stream()
                .filter(disk -> Integer.toString(number).equals(disk.get("DISK_ID")))
                .findFirst()
                .orElseThrow(() -> new OnedRefusal(ErrorKind.ACTION, "Could not detach disk, it does not exist"));
    }

    private Value resizeDisk(int user, OnedCalls.Parameters parameters) {
        OnedMachine machine = still(own(user, parameters.number(0), "MANAGE"));
        Map<String, String> disk = disk(machine, parameters.number(1));
        String size = parameters.text(2);
        machine.pass(LcmState.DISK_RESIZE, LcmState.DISK_RESIZE_POWEROFF, () -> {
            disk.put("SIZE", size);
            OnedImage image = image(user, disk);
            image.sizeMib = image.persistent ? Long.parseLong(size) : image.sizeMib;
        });
        return Value.of(machine.id);
    }
}

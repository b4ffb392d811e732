package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.ImageState;
import hansa.protocols.opennebula.LcmState;
import hansa.protocols.opennebula.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Disks and interfaces of machines, and the methods that change them. */
final class OnedDevices {

    private final Oned oned;
    private OnedSnapshots.Owned owned = (_, _, _) -> {
        throw new IllegalStateException("not registered");
    };
    private Changing changing = (_, change) -> change.run();

    /** Does what closes the record of a machine. */
    @FunctionalInterface
    interface Changing {
        void change(OnedMachine machine, Runnable change);
    }

    OnedDevices(Oned oned) {
        this.oned = oned;
    }

    void register(OnedSnapshots.Owned machines, Changing records) {
        owned = machines;
        changing = records;
        OnedCalls calls = oned.calls;
        calls.add("one.vm.diskresize", "iis", this::resizeDisk);
        calls.add("one.vm.attach", "is", this::attach);
        calls.add("one.vm.detach", "ii", this::detach);
        calls.add("one.vm.disksaveas", "iissi", (user, parameters) -> {
            OnedMachine machine = owned.machine(user, parameters.number(0), "MANAGE");
            if (!machine.isOff() && !machine.runs()) {
                throw new OnedRefusal(ErrorKind.INTERNAL, "VM has to be RUNNING, POWEROFF or SUSPENDED to save disks.");
            }
            OnedImage source = image(user, disk(machine, parameters.number(1)));
            int copy = oned.imageMethods.copy(user, source, parameters.text(2)).id;
            machine.pass(LcmState.HOTPLUG_SAVEAS, LcmState.HOTPLUG_SAVEAS_POWEROFF, () -> {});
            return Value.of(copy);
        });
        calls.add("one.vm.attachnic", "is", (user, parameters) -> {
            OnedMachine machine = still(owned.machine(user, parameters.number(0), "MANAGE"));
            addNic(user, machine, Oned.parse(parameters.text(1)).children("NIC").getFirst());
            machine.pass(LcmState.HOTPLUG_NIC, LcmState.HOTPLUG_NIC_POWEROFF, () -> {});
            return Value.of(machine.id);
        });
        calls.add("one.vm.detachnic", "ii", (user, parameters) -> {
            OnedMachine machine = still(owned.machine(user, parameters.number(0), "MANAGE"));
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

    private static OnedMachine still(OnedMachine machine) {
        if (!machine.isOff() && !machine.runs()) {
            throw new OnedRefusal(
                    ErrorKind.ACTION, "Could not attach a new disk to VM " + machine.id + ", wrong state BUSY.");
        }
        return machine;
    }

    static Map<String, String> values(Element vector) {
        Map<String, String> values = new LinkedHashMap<>();
        vector.children().forEach(one -> values.put(one.name(), one.text()));
        return values;
    }

    OnedImage image(int user, Map<String, String> disk) {
        OnedImage image = oned.images.get(Integer.parseInt(disk.getOrDefault("IMAGE_ID", "-1")));
        if (image == null || !image.forAll && !Oned.mayManage(user, image.owner)) {
            throw new OnedRefusal(
                    ErrorKind.ALLOCATE, "User " + user + " does not own an image with ID: " + disk.get("IMAGE_ID"));
        }
        return image;
    }

    Map<String, String> addDisk(int user, OnedMachine machine, Element order) {
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

    void addNic(int user, OnedMachine machine, Element order) {
        Map<String, String> nic = values(order);
        if (user != Oned.ADMIN && nic.containsKey("MAC")) {
            throw new OnedRefusal(ErrorKind.AUTHORIZATION, "VM Template includes a restricted attribute MAC.");
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

    private Value attach(int user, OnedCalls.Parameters parameters) {
        OnedMachine machine = still(owned.machine(user, parameters.number(0), "MANAGE"));
        Element order = Oned.parse(parameters.text(1)).children("DISK").getFirst();
        OnedImage wanted = image(user, values(order));
        if (wanted.state() == ImageState.LOCKED) {
            throw new OnedRefusal(ErrorKind.ACTION, "Cannot acquire image " + wanted.id + ", it is locked");
        }
        Map<String, String> disk = addDisk(user, machine, order);
        changing.change(machine, () -> disk.put("ATTACH", "YES"));
        image(user, disk).machines.add(machine.id);
        machine.pass(LcmState.HOTPLUG, LcmState.HOTPLUG_PROLOG_POWEROFF, () -> disk.remove("ATTACH"));
        return Value.of(machine.id);
    }

    private Value detach(int user, OnedCalls.Parameters parameters) {
        OnedMachine machine = still(owned.machine(user, parameters.number(0), "MANAGE"));
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
        OnedMachine machine = still(owned.machine(user, parameters.number(0), "MANAGE"));
        Map<String, String> disk = disk(machine, parameters.number(1));
        String size = parameters.text(2);
        machine.pass(LcmState.DISK_RESIZE, LcmState.DISK_RESIZE_POWEROFF, () -> {
            if (machine.userTemplate.containsKey("NO_RESIZING")) {
                return;
            }
            disk.put("SIZE", size);
            OnedImage image = image(user, disk);
            image.sizeMib = image.persistent && !machine.userTemplate.containsKey("WORKS_ON_COPIES")
                    ? Long.parseLong(size)
                    : image.sizeMib;
        });
        return Value.of(machine.id);
    }
}

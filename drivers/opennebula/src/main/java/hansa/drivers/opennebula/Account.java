package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.protocols.opennebula.Image;
import hansa.protocols.opennebula.ImageState;
import hansa.protocols.opennebula.MachineTemplate;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.Value;
import hansa.protocols.opennebula.VirtualMachine;
import hansa.protocols.opennebula.VmState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The account's view of an OpenNebula: its own things, and those that it may use. */
final class Account implements AutoCloseable {

    private static final Value OWN = Value.of(-3);
    private static final Value USABLE = Value.of(-2);
    private static final Value OPEN_END = Value.of(-1);
    private static final Value NOT_DONE = Value.of(-1);
    private static final Value APPEND = Value.of(1);
    private static final int SHIFTS = 3;

    private final Rpc rpc;
    private final int page;
    private volatile Optional<Release> release = Optional.empty();

    Account(Rpc rpc, int page) {
        this.rpc = rpc;
        this.page = page;
    }

    private Release release() {
        return release.orElseGet(() -> {
            Release asked = Release.of(rpc.text("one.system.version"));
            release = Optional.of(asked);
            return asked;
        });
    }

    /**
     * The number that an id is. Ids are OpenNebula's numbers; what is none is not there, which is only said of a cloud
     * that answers.
     */
    int number(RemoteId id, String what) {
        if (!id.value().matches("\\d{1,9}")) {
            release();
            throw new CloudException.NotFound("OpenNebula has no " + what + " '" + Refusals.oneLine(id.value()) + "'");
        }
        return Integer.parseInt(id.value());
    }

    /** Our machines that are not gone. */
    List<VirtualMachine> machines() {
        for (int attempt = 0; attempt < SHIFTS; attempt++) {
            Optional<List<VirtualMachine>> all = pages();
            if (all.isPresent()) {
                return all.get();
            }
        }
        return machines(OPEN_END, OPEN_END);
    }

    private List<VirtualMachine> machines(Value start, Value end) {
        return rpc.document(VirtualMachine::pool, release().machines(), OWN, start, end, NOT_DONE);
    }

    /**
     * Pages begin with the last machine of the page before. Where one does not, machines went away meanwhile and others
     * would be missed; then there is no answer.
     */
    private Optional<List<VirtualMachine>> pages() {
        List<VirtualMachine> all = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        int offset = 0;
        while (true) {
            List<VirtualMachine> next = machines(Value.of(offset), Value.of(-(long) page));
            boolean joins = all.isEmpty()
                    || !next.isEmpty() && next.getFirst().id() == all.getLast().id();
            if (!joins) {
                return Optional.empty();
            }
            next.stream().filter(machine -> seen.add(machine.id())).forEach(all::add);
            if (next.size() < page) {
                return Optional.of(List.copyOf(all));
            }
            offset += page - 1;
        }
    }

    /** @throws CloudException.NotFound also for one that is gone, of which OpenNebula still knows */
    VirtualMachine machine(int id) {
        VirtualMachine machine = rpc.document(VirtualMachine::of, "one.vm.info", Value.of(id));
        if (machine.vmState().equals(Optional.of(VmState.DONE))) {
            throw new CloudException.NotFound("the machine " + id + " is gone");
        }
        return machine;
    }

    List<Image> images() {
        return images(USABLE);
    }

    List<Image> ownImages() {
        return images(OWN);
    }

    private List<Image> images(Value whose) {
        return rpc.document(Image::pool, "one.imagepool.info", whose, OPEN_END, OPEN_END).stream()
                .filter(image -> !isGoing(image))
                .toList();
    }

    /** Whether it is deleted and its datastore only needs a moment to see to it. */
    private static boolean isGoing(Image image) {
        return image.imageState().equals(Optional.of(ImageState.DELETE));
    }

    /** @throws CloudException.NotFound also for one that is about to go */
    Image image(int id) {
        Image image = rpc.document(Image::of, "one.image.info", Value.of(id));
        if (isGoing(image)) {
            throw new CloudException.NotFound("the image " + id + " is gone");
        }
        return image;
    }

    List<MachineTemplate> templates() {
        return rpc.document(MachineTemplate::pool, "one.templatepool.info", USABLE, OPEN_END, OPEN_END);
    }

    int allocate(Template template) {
        return rpc.number("one.vm.allocate", Value.of(template.toXml()), Value.of(false));
    }

    int instantiate(int from, String name, Template more) {
        return rpc.number(
                "one.template.instantiate",
                Value.of(from),
                Value.of(name),
                Value.of(false),
                Value.of(more.toXml()),
                Value.of(false));
    }

    void act(int machine, String action) {
        rpc.tell("one.vm.action", Value.of(action), Value.of(machine));
    }

    /** Deletes in whatever state, which is for administrators of machines. */
    void recoverByDeleting(int machine) {
        rpc.tell("one.vm.recover", Value.of(machine), Value.of(3));
    }

    void resize(int machine, Template capacity) {
        rpc.tell("one.vm.resize", Value.of(machine), Value.of(capacity.toXml()), Value.of(true));
    }

    void resizeDisk(int machine, int disk, long sizeMib) {
        rpc.tell("one.vm.diskresize", Value.of(machine), Value.of(disk), Value.of(Long.toString(sizeMib)));
    }

    void attach(int machine, Template disk) {
        rpc.tell("one.vm.attach", Value.of(machine), Value.of(disk.toXml()));
    }

    void detach(int machine, int disk) {
        rpc.tell("one.vm.detach", Value.of(machine), Value.of(disk));
    }

    int allocateImage(Template template, int datastore) {
        return rpc.number("one.image.allocate", Value.of(template.toXml()), Value.of(datastore));
    }

    void resizeImage(int image, long sizeMib) {
        rpc.tell("one.image.resize", Value.of(image), Value.of(Long.toString(sizeMib)));
    }

    void updateImage(int image, Template more) {
        rpc.tell("one.image.update", Value.of(image), Value.of(more.toXml()), APPEND);
    }

    /** Merges attributes into what users say of a machine; one that is there is replaced. */
    void updateMachine(int machine, Template more) {
        rpc.tell("one.vm.update", Value.of(machine), Value.of(more.toXml()), APPEND);
    }

    void deleteImage(int image) {
        rpc.tell("one.image.delete", Value.of(image));
    }

    @Override
    public void close() {
        rpc.close();
    }
}

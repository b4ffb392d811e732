package hansa.protocols.opennebula;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image.
 *
 * @param type 0 operating system, 1 CD-ROM, 2 data block, 3 kernel, 4 ramdisk, 5 context file, 6 backup, 7 file system
 * @param persistent what a machine writes stays in the image, so that one machine at a time holds it
 * @param registered when it was made
 * @param sizeMib what a machine sees
 * @param source where its datastore keeps it
 * @param format of the file, for example {@code raw} or {@code qcow2}; empty where it is not told
 * @param datastore number of the datastore
 * @param machines those that use it
 */
public record Image(
        int id,
        int owner,
        String name,
        int type,
        boolean persistent,
        Instant registered,
        long sizeMib,
        int state,
        String source,
        Optional<String> format,
        int datastore,
        List<Integer> machines,
        Element template) {

    public static final int OPERATING_SYSTEM = 0;
    public static final int DATA_BLOCK = 2;

    public Image {
        machines = List.copyOf(machines);
    }

    /** @param image the element {@code IMAGE} */
    public static Image of(Element image) throws OpenNebulaSyntaxException {
        List<Integer> machines = new ArrayList<>();
        for (Element id : image.orNothing("VMS").children("ID")) {
            machines.add(number(id));
        }
        Element template = image.orNothing("TEMPLATE");
        return new Image(
                image.requiredInteger("ID"),
                image.requiredInteger("UID"),
                image.text("NAME").orElse(""),
                image.requiredInteger("TYPE"),
                image.flag("PERSISTENT"),
                Instant.ofEpochSecond(Math.clamp(image.number("REGTIME").orElse(0), 0, Integer.MAX_VALUE)),
                Math.max(0, image.number("SIZE").orElse(0)),
                image.requiredInteger("STATE"),
                image.text("SOURCE").orElse(""),
                image.text("FORMAT").or(() -> template.text("FORMAT")).or(() -> template.text("DRIVER")),
                image.integer("DATASTORE_ID").orElse(-1),
                machines,
                template);
    }

    private static int number(Element id) throws OpenNebulaSyntaxException {
        String text = id.text().strip();
        if (!text.matches("\\d{1,9}")) {
            throw new OpenNebulaSyntaxException("the id of a machine is no number");
        }
        return Integer.parseInt(text);
    }

    /** @param pool the element {@code IMAGE_POOL} */
    public static List<Image> pool(Element pool) throws OpenNebulaSyntaxException {
        List<Image> all = new ArrayList<>();
        for (Element image : pool.children("IMAGE")) {
            all.add(of(image));
        }
        return List.copyOf(all);
    }

    /** Empty for a state that is not known here. */
    public Optional<ImageState> imageState() {
        return ImageState.of(state);
    }
}

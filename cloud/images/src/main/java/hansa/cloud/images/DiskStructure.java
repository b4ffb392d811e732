package hansa.cloud.images;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Looks at what a disk file says of itself before any other program opens it, and refuses one that is not of its declared
 * format, or is more than itself: that names a backing file, an external data file, a parent or other extents, with which an
 * image of somebody's could read files of the machine it is opened on (CVE-2015-5163, CVE-2024-32498 and their like).
 *
 * <p>What it does not promise: that the content is whole, which {@link DiskTool#inspect} looks at further.
 */
public final class DiskStructure {

    private static final String NEEDS_ANOTHER = "; flatten it first, with qemu-img convert";

    private DiskStructure() {}

    /**
     * @throws UnfitDisk where it is refused
     * @throws IOException where the file cannot be read
     */
    public static void check(DiskFormat declared, Path file) throws IOException, UnfitDisk {
        try (DiskFile disk = DiskFile.open(declared, file)) {
            switch (declared) {
                case RAW -> raw(disk);
                case QCOW2 -> Qcow2.check(disk);
                case VMDK -> Vmdk.check(disk);
                case VHD -> Vhd.check(disk);
                case VDI -> Vdi.check(disk);
                case VHDX -> Vhdx.check(disk);
            }
        }
    }

    /** A raw disk may hold anything; but one that begins like this boots nowhere, and was declared by mistake. */
    private static void raw(DiskFile disk) throws IOException, UnfitDisk {
        if (disk.size() == 0) {
            throw new UnfitDisk("it is empty");
        }
        String found = disk.says(0, Qcow2.MAGIC)
                ? "qcow2"
                : disk.says(0, Vmdk.MAGIC)
                        ? "vmdk"
                        : disk.says(0, Vhdx.MAGIC) ? "vhdx" : Vdi.is(disk) ? "vdi" : Vhd.is(disk) ? "vhd" : "";
        if (!found.isEmpty()) {
            throw new UnfitDisk("it is declared as raw and begins or ends as " + found + " does; declare what it is");
        }
    }

    static UnfitDisk needs(String what) {
        return new UnfitDisk("it needs " + what + NEEDS_ANOTHER);
    }

    static UnfitDisk damaged(String what) {
        return new UnfitDisk("it is damaged: " + what);
    }
}

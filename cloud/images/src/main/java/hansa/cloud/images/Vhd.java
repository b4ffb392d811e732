package hansa.cloud.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The foot of a VHD file (Virtual Hard Disk Image Format Specification 1.0), and the head of a dynamic one. */
final class Vhd {

    private static final String MAGIC = "conectix";
    private static final int FOOT = 512;
    private static final int DYNAMIC_HEAD = 1024;
    private static final int FIXED = 2;
    private static final int DYNAMIC = 3;
    private static final int DIFFERENCING = 4;

    private Vhd() {}

    static boolean is(DiskFile disk) throws IOException, UnfitDisk {
        return disk.size() > FOOT && disk.says(disk.size() - FOOT, MAGIC);
    }

    static void check(DiskFile disk) throws IOException, UnfitDisk {
        if (!is(disk)) {
            throw disk.says(0, MAGIC)
                    ? DiskStructure.damaged("its foot is missing; is it truncated?")
                    : disk.notOfItsFormat();
        }
        kind(disk, disk.size() - FOOT);
        if (disk.says(0, MAGIC)) {
            kind(disk, 0);
        }
    }

    private static void kind(DiskFile disk, long offset) throws IOException, UnfitDisk {
        ByteBuffer foot = disk.piece(offset, FOOT, ByteOrder.BIG_ENDIAN);
        switch (foot.getInt(60)) {
            case FIXED -> {}
            case DYNAMIC -> dynamic(disk, foot.getLong(16));
            case DIFFERENCING -> throw DiskStructure.needs("a parent");
            default -> throw DiskStructure.damaged("its kind is " + foot.getInt(60));
        }
    }

    private static void dynamic(DiskFile disk, long offset) throws IOException, UnfitDisk {
        if (!disk.says(offset, "cxsparse")) {
            throw DiskStructure.damaged("its dynamic head is missing; is it truncated?");
        }
        ByteBuffer head = disk.piece(offset, DYNAMIC_HEAD, ByteOrder.BIG_ENDIAN);
        if (head.getLong(40) != 0 || head.getLong(48) != 0) {
            throw DiskStructure.needs("a parent");
        }
        if (!disk.holds(head.getLong(16), Integer.toUnsignedLong(head.getInt(28)) * 4)) {
            throw DiskStructure.damaged("its mapping table lies beyond its end; is it truncated?");
        }
    }
}

package hansa.cloud.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The head of a qcow2 file (QEMU, docs/interop/qcow2.txt). */
final class Qcow2 {

    static final String MAGIC = "QFI\u00fb";

    private static final int HEAD = 104;
    private static final int HEAD_OF_VERSION_2 = 72;
    private static final int MOST_EXTENSIONS = 64;
    private static final int DATA_FILE_NAME = 0x44415441;
    private static final int ENCRYPTION = 0x0537be77;
    private static final int BACKING_FORMAT = 0xe2792aca;
    private static final long DIRTY = 1;
    private static final long CORRUPT = 1 << 1;
    private static final long EXTERNAL_DATA = 1 << 2;
    private static final long COMPRESSION_TYPE = 1 << 3;
    private static final long EXTENDED_ENTRIES = 1 << 4;

    private Qcow2() {}

    static void check(DiskFile disk) throws IOException, UnfitDisk {
        if (!disk.says(0, MAGIC)) {
            throw disk.notOfItsFormat();
        }
        ByteBuffer head = disk.piece(0, HEAD_OF_VERSION_2, ByteOrder.BIG_ENDIAN);
        int version = head.getInt(4);
        if (version != 2 && version != 3) {
            throw new UnfitDisk("it is a qcow2 image of version " + version + ", which is not known here");
        }
        if (head.getLong(8) != 0 || head.getInt(16) != 0) {
            throw DiskStructure.needs("a backing file");
        }
        if (head.getInt(32) != 0) {
            throw new UnfitDisk("it is encrypted; decrypt it first");
        }
        int clusterBits = head.getInt(20);
        if (clusterBits < 9 || clusterBits > 21) {
            throw DiskStructure.damaged("it has clusters of 2^" + clusterBits + " bytes");
        }
        table(disk, "mapping", head.getLong(40), Integer.toUnsignedLong(head.getInt(36)) * 8);
        table(disk, "counting", head.getLong(48), Integer.toUnsignedLong(head.getInt(56)) << clusterBits);
        if (version == 3) {
            ByteBuffer more = disk.piece(0, HEAD, ByteOrder.BIG_ENDIAN);
            features(more.getLong(72));
            extensions(disk, Integer.toUnsignedLong(more.getInt(100)), 1L << clusterBits);
        } else {
            extensions(disk, HEAD_OF_VERSION_2, 1L << clusterBits);
        }
    }

    private static void table(DiskFile disk, String which, long offset, long length) throws UnfitDisk {
        if (!disk.holds(offset, length)) {
            throw DiskStructure.damaged("its " + which + " table lies beyond its end; is it truncated?");
        }
    }

    private static void features(long needed) throws UnfitDisk {
        if ((needed & EXTERNAL_DATA) != 0) {
            throw DiskStructure.needs("a data file");
        }
        if ((needed & CORRUPT) != 0) {
            throw DiskStructure.damaged("it is marked as corrupt; repair it with qemu-img check -r all");
        }
        if ((needed & ~(DIRTY | COMPRESSION_TYPE | EXTENDED_ENTRIES)) != 0) {
            throw new UnfitDisk("it uses features of qcow2 that are not known here");
        }
    }

    private static void extensions(DiskFile disk, long from, long cluster) throws IOException, UnfitDisk {
        long at = from;
        for (int number = 0; number < MOST_EXTENSIONS; number++) {
            if (at + 8 > cluster || !disk.holds(at, 8)) {
                return;
            }
            ByteBuffer extension = disk.piece(at, 8, ByteOrder.BIG_ENDIAN);
            switch (extension.getInt(0)) {
                case 0 -> {
                    return;
                }
                case DATA_FILE_NAME -> throw DiskStructure.needs("a data file");
                case BACKING_FORMAT -> throw DiskStructure.needs("a backing file");
                case ENCRYPTION -> throw new UnfitDisk("it is encrypted; decrypt it first");
                default -> at += 8 + (Integer.toUnsignedLong(extension.getInt(4)) + 7) / 8 * 8;
            }
        }
        throw DiskStructure.damaged("its head has more than " + MOST_EXTENSIONS + " extensions");
    }
}

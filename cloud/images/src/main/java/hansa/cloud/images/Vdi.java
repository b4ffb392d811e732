package hansa.cloud.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The head of VirtualBox's VDI file, version 1.1. */
final class Vdi {

    private static final int HEAD = 512;
    private static final int SIGNATURE = 0xbeda107f;
    private static final int VERSION = 0x00010001;
    private static final int DYNAMIC = 1;
    private static final int FIXED = 2;

    private Vdi() {}

    static boolean is(DiskFile disk) throws IOException, UnfitDisk {
        return disk.holds(0, HEAD)
                && disk.piece(0, HEAD, ByteOrder.LITTLE_ENDIAN).getInt(64) == SIGNATURE;
    }

    static void check(DiskFile disk) throws IOException, UnfitDisk {
        if (!is(disk)) {
            throw disk.notOfItsFormat();
        }
        ByteBuffer head = disk.piece(0, HEAD, ByteOrder.LITTLE_ENDIAN);
        if (head.getInt(68) != VERSION) {
            throw new UnfitDisk("it is a vdi image of a version that is not known here");
        }
        int kind = head.getInt(76);
        boolean linked = head.getLong(424) != 0 || head.getLong(432) != 0;
        boolean child = head.getLong(440) != 0 || head.getLong(448) != 0;
        if (linked || child || kind != DYNAMIC && kind != FIXED) {
            throw DiskStructure.needs("a parent");
        }
        long data = Integer.toUnsignedLong(head.getInt(344));
        long block = Integer.toUnsignedLong(head.getInt(376));
        long allocated = Integer.toUnsignedLong(head.getInt(388));
        if (block == 0 || !disk.holds(data, 0) || allocated > (disk.size() - data) / block) {
            throw DiskStructure.damaged("blocks of it lie beyond its end; is it truncated?");
        }
    }
}

package hansa.cloud.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The head of a VHDX file ([MS-VHDX] §2.2, §2.6.2): with a parent locator it is a difference to another file. */
final class Vhdx {

    static final String MAGIC = "vhdxfile";

    private static final long REGIONS = 192 * 1024;
    private static final long METADATA_LOW = 0x4b9a47908b7ca206L;
    private static final int MOST_ENTRIES = 2_047;
    private static final int ENTRY = 32;
    private static final long FILE_PARAMETERS_FIRST = 0x4d43fa36caa16737L;
    private static final int HAS_PARENT = 1 << 1;

    private Vhdx() {}

    static void check(DiskFile disk) throws IOException, UnfitDisk {
        if (!disk.says(0, MAGIC)) {
            throw disk.notOfItsFormat();
        }
        if (!disk.says(REGIONS, "regi")) {
            throw DiskStructure.damaged("its region table is missing; is it truncated?");
        }
        ByteBuffer table = disk.piece(REGIONS, 16, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < entries(table.getInt(8)); i++) {
            ByteBuffer entry = disk.piece(REGIONS + 16 + (long) i * ENTRY, ENTRY, ByteOrder.LITTLE_ENDIAN);
            if (entry.getLong(0) == METADATA_LOW) {
                metadata(disk, entry.getLong(16));
                return;
            }
        }
        throw DiskStructure.damaged("it has no metadata");
    }

    private static void metadata(DiskFile disk, long offset) throws IOException, UnfitDisk {
        if (!disk.says(offset, "metadata")) {
            throw DiskStructure.damaged("its metadata is missing; is it truncated?");
        }
        ByteBuffer table = disk.piece(offset, 32, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < entries(Short.toUnsignedInt(table.getShort(10))); i++) {
            ByteBuffer entry = disk.piece(offset + 32 + (long) i * ENTRY, ENTRY, ByteOrder.LITTLE_ENDIAN);
            if (entry.getLong(0) == FILE_PARAMETERS_FIRST) {
                long at = offset + Integer.toUnsignedLong(entry.getInt(16));
                if ((disk.piece(at, 8, ByteOrder.LITTLE_ENDIAN).getInt(4) & HAS_PARENT) != 0) {
                    throw DiskStructure.needs("a parent");
                }
                return;
            }
        }
        throw DiskStructure.damaged("its metadata does not say what it is");
    }

    private static int entries(int stated) throws UnfitDisk {
        if (stated < 0 || stated > MOST_ENTRIES) {
            throw DiskStructure.damaged("a table of it has " + Integer.toUnsignedString(stated) + " entries");
        }
        return stated;
    }
}

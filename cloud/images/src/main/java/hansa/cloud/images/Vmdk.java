package hansa.cloud.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The head of a hosted sparse VMDK file, alone or stream-optimised (Virtual Disk Format 5.0). A descriptor in a file of its
 * own names other files and is refused, as is a head that sends its reader to such a descriptor.
 */
final class Vmdk {

    static final String MAGIC = "KDMV";

    private static final long SECTOR = 512;
    private static final long AT_THE_END = -1;
    private static final int LONGEST_DESCRIPTOR = 64 * 1024;
    private static final List<String> KINDS = List.of("monolithicsparse", "streamoptimized");

    private Vmdk() {}

    static void check(DiskFile disk) throws IOException, UnfitDisk {
        if (disk.says(0, "# Disk DescriptorFile")) {
            throw new UnfitDisk("it only describes other files; convert it to streamOptimized first");
        }
        ByteBuffer head = head(disk, 0);
        if (head.getLong(56) == AT_THE_END) {
            // The foot is followed by one sector that ends the stream.
            head(disk, disk.size() - 2 * SECTOR);
        }
        long at = head.getLong(28);
        long sectors = head.getLong(36);
        if (at > 0 && sectors > 0) {
            descriptor(disk, at, sectors);
        }
    }

    private static ByteBuffer head(DiskFile disk, long offset) throws IOException, UnfitDisk {
        if (!disk.says(offset, MAGIC)) {
            throw offset == 0
                    ? disk.notOfItsFormat()
                    : DiskStructure.damaged("the foot of its stream is missing; is it truncated?");
        }
        ByteBuffer head = disk.piece(offset, (int) SECTOR, ByteOrder.LITTLE_ENDIAN);
        if (head.getLong(12) <= 0) {
            throw new UnfitDisk("it only describes other files; convert it to streamOptimized first");
        }
        return head;
    }

    private static void descriptor(DiskFile disk, long at, long sectors) throws IOException, UnfitDisk {
        if (at > disk.size() / SECTOR || sectors > LONGEST_DESCRIPTOR / SECTOR) {
            throw DiskStructure.damaged("its descriptor is not where its head says");
        }
        byte[] bytes = disk.piece(at * SECTOR, (int) (sectors * SECTOR), ByteOrder.LITTLE_ENDIAN)
                .array();
        String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int end = text.indexOf('\0');
        int extents = 0;
        for (String raw : (end < 0 ? text : text.substring(0, end)).split("[\r\n]+")) {
            String line = raw.strip();
            if (line.startsWith("parentfilenamehint")
                    || line.startsWith("parentcid") && !value(line).equals("ffffffff")) {
                throw DiskStructure.needs("a parent");
            }
            if (line.startsWith("createtype") && !KINDS.contains(value(line))) {
                throw new UnfitDisk("it is of the kind '" + printable(value(line))
                        + "', whose content lies in other files; convert it to streamOptimized first");
            }
            if (line.matches("(rw|rdonly|noaccess)\\s.*")) {
                extents++;
                if (extents > 1 || !line.matches("(rw|rdonly)\\s+\\d+\\s+sparse\\s.*")) {
                    throw DiskStructure.needs("other files (extents)");
                }
            }
        }
    }

    private static String value(String line) {
        return line.substring(line.indexOf('=') + 1).strip().replace("\"", "");
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^a-z0-9]", "?");
        return plain.length() > 32 ? plain.substring(0, 32) : plain;
    }
}

package hansa.cloud;

/**
 * How large a machine is.
 *
 * @param cores virtual processors, 1 to 1,024
 * @param memoryMib main memory in MiB, 16 to 16 TiB
 * @param diskGib root disk in GiB, 0 = as large as the image
 */
public record Size(int cores, long memoryMib, long diskGib) {

    public Size {
        if (cores < 1 || cores > 1024) {
            throw new IllegalArgumentException("a machine has 1 to 1024 cores, not " + cores);
        }
        if (memoryMib < 16 || memoryMib > 16L * 1024 * 1024) {
            throw new IllegalArgumentException("a machine has 16 MiB to 16 TiB of memory, not " + memoryMib + " MiB");
        }
        if (diskGib < 0 || diskGib > 64L * 1024) {
            throw new IllegalArgumentException("a root disk has 0 (as the image) to 65536 GiB, not " + diskGib);
        }
    }
}

package hansa.federation.compute;

/**
 * What one caller may have at a time, in the whole installation. Operators have no quota.
 *
 * @param machines number of machines
 * @param cores virtual processors of all of them
 * @param memoryMib memory of all of them, MiB
 * @param volumes number of volumes, snapshots and backups
 * @param volumeMib size of all of them, MiB
 * @param networks number of networks
 */
public record Quotas(long machines, long cores, long memoryMib, long volumes, long volumeMib, long networks) {

    public static final Quotas DEFAULT = new Quotas(100, 400, 800L * 1024, 200, 20L * 1024 * 1024, 50);

    public static final Quotas UNLIMITED =
            new Quotas(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    public Quotas {
        if (machines < 0 || cores < 0 || memoryMib < 0 || volumes < 0 || volumeMib < 0 || networks < 0) {
            throw new IllegalArgumentException("a quota is not negative");
        }
    }
}

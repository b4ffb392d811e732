package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Connection.checked;
import static hansa.drivers.libvirt.Xml.element;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import hansa.cloud.CloudException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Copies of disks that QEMU makes by itself while a guest goes on writing: each is the disk as it was when the copying
 * began. One at a time for each domain, as libvirt has it.
 */
final class BackupJobs {

    private static final int REUSE_EXTERNAL = 1;
    private static final int RUNNING_JOB = 0;
    private static final int LAST_JOB = 1;
    private static final int KEEP = 2;
    private static final int NONE = 0;
    private static final int COMPLETED = 3;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Domains domains;

    BackupJobs(Domains domains) {
        this.domains = domains;
    }

    /** @throws CloudException.Conflict while libvirt does something long with the domain */
    void requireIdle(String domain) {
        if (job(domain, RUNNING_JOB) != NONE) {
            throw new CloudException.Conflict(
                    "the machine " + domain + " is being copied or saved already; try again later");
        }
    }

    /**
     * Begins to copy.
     *
     * @param target what the guest's disk is called, such as {@code vdb}
     * @param file an empty qcow2 disk of the same size
     */
    void begin(String domain, String target, Path file) {
        Xml backup = element("domainbackup", "mode", "push")
                .with(element("disks")
                        .with(element("disk", "name", target, "backup", "yes", "type", "file")
                                .with(element("driver", "type", "qcow2"), element("target", "file", file.toString()))));
        domains.on(
                domain,
                "copy a disk of",
                (libvirt, found, arena) -> checked(
                        libvirt,
                        "copy the disk " + target + " of " + domain,
                        libvirt.virDomainBackupBegin,
                        found,
                        arena.allocateFrom(backup.render()),
                        MemorySegment.NULL,
                        REUSE_EXTERNAL));
    }

    /**
     * Waits until the copy is whole.
     *
     * @throws CloudException when it will not be, for example because the guest was switched off
     */
    void await(String domain, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (job(domain, RUNNING_JOB) != NONE) {
            if (System.nanoTime() - end >= 0) {
                domains.on(
                        domain,
                        "end the copying of",
                        (libvirt, found, arena) ->
                                checked(libvirt, "end the copying of " + domain, libvirt.virDomainAbortJob, found));
                throw new CloudException.Unavailable(
                        "a disk of " + domain + " was not copied within " + limit.toSeconds() + " s");
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CloudException.Unavailable("interrupted while a disk of " + domain + " was copied", e);
            }
        }
        if (job(domain, LAST_JOB | KEEP) != COMPLETED) {
            throw new CloudException.Unavailable(
                    "the copying of a disk of " + domain + " did not come to its end; see the log of its hypervisor");
        }
    }

    /** {@code virDomainJobType} of what goes on, or of what went on last. */
    private int job(String domain, int flags) {
        return domains.on(domain, "look at the copying of", (libvirt, found, arena) -> {
            MemorySegment type = arena.allocate(JAVA_INT);
            MemorySegment parameters = arena.allocate(ADDRESS);
            MemorySegment count = arena.allocate(JAVA_INT);
            checked(
                    libvirt,
                    "look at the copying of " + domain,
                    libvirt.virDomainGetJobStats,
                    found,
                    type,
                    parameters,
                    count,
                    flags);
            libvirt.virTypedParamsFree.run(parameters.get(ADDRESS, 0), count.get(JAVA_INT, 0));
            return type.get(JAVA_INT, 0);
        });
    }
}

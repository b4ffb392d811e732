package hansa.drivers.libvirt;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Console;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.ImageStore;
import hansa.cloud.Networks;
import hansa.cloud.Resizing;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Snapshots;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Opens clouds of libvirt hosts, of one or several. */
public final class LibvirtDriver implements CloudDriver {

    @Override
    public String name() {
        return "libvirt";
    }

    @Override
    public List<Setting> settings() {
        return Stream.concat(LibvirtSettings.ALL.stream(), PoolSettings.ALL.stream())
                .toList();
    }

    @Override
    public Set<Class<? extends Facet>> facets() {
        return Set.of(
                Adoption.class,
                Volumes.class,
                VolumeCopies.class,
                Networks.class,
                Snapshots.class,
                ImageStore.class,
                Console.class,
                Resizing.class,
                HostAffinity.class);
    }

    @Override
    public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
        LibvirtSettings checked = LibvirtSettings.of(settings);
        PoolSettings pool = PoolSettings.of(settings, checked);
        try {
            // The one true path: libvirt's records and ours are compared by it.
            Path folder = surroundings.folder().toRealPath();
            Files.createDirectories(folder.resolve("machines"));
            Files.createDirectories(folder.resolve("images"));
            Files.createDirectories(folder.resolve("volumes"));
            Files.createDirectories(folder.resolve("copies"));
            Files.createDirectories(folder.resolve("networks"));
            return new LibvirtCloud(checked, pool, folder, surroundings.clock());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the folder " + surroundings.folder() + " of the cloud " + name + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }
}

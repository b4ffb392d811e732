package hansa.drivers.openstack;

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
import hansa.cloud.UsageHistory;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.util.List;
import java.util.Set;

/** Machines of an OpenStack, made in one of its projects. */
public final class OpenStackDriver implements CloudDriver {

    @Override
    public String name() {
        return "openstack";
    }

    @Override
    public List<Setting> settings() {
        return OpenStackSettings.ALL;
    }

    /** A site without Cinder has neither volumes nor copies of them. */
    @Override
    public Set<Class<? extends Facet>> facets() {
        return Set.of(
                Networks.class,
                ImageStore.class,
                Snapshots.class,
                Console.class,
                Resizing.class,
                Volumes.class,
                VolumeCopies.class,
                Adoption.class,
                HostAffinity.class,
                UsageHistory.class);
    }

    @Override
    public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
        return new OpenStackCloud(OpenStackSettings.of(settings), surroundings.clock());
    }
}

package hansa.drivers.ec2;

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
import java.util.List;
import java.util.Set;

/** Machines in one zone of Amazon EC2, or of another cloud that speaks its Query API. */
public final class Ec2Driver implements CloudDriver {

    @Override
    public String name() {
        return "ec2";
    }

    @Override
    public List<Setting> settings() {
        return Ec2Keys.ALL;
    }

    /** Those of a cloud whose settings say where EBS is, and do not deny placement groups. */
    @Override
    public Set<Class<? extends Facet>> facets() {
        return Set.of(
                Volumes.class,
                VolumeCopies.class,
                Snapshots.class,
                ImageStore.class,
                Networks.class,
                Console.class,
                Resizing.class,
                HostAffinity.class,
                Adoption.class);
    }

    @Override
    public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
        return new Ec2Cloud(Ec2Settings.of(settings), surroundings.clock());
    }
}

package hansa.drivers.simulated;

import hansa.cloud.kit.AccountsConformance;
import hansa.cloud.kit.AdoptionConformance;
import hansa.cloud.kit.CloudConformance;
import hansa.cloud.kit.ConsoleConformance;
import hansa.cloud.kit.HostAffinityConformance;
import hansa.cloud.kit.ImageStoreConformance;
import hansa.cloud.kit.NetworksConformance;
import hansa.cloud.kit.ResizingConformance;
import hansa.cloud.kit.SnapshotsConformance;
import hansa.cloud.kit.UsageConformance;
import hansa.cloud.kit.VolumeCopiesConformance;
import hansa.cloud.kit.VolumesConformance;

/** The whole kit, as each way to the simulated cloud must pass it. */
interface SimulatedConformance
        extends CloudConformance,
                VolumesConformance,
                VolumeCopiesConformance,
                NetworksConformance,
                SnapshotsConformance,
                ImageStoreConformance,
                ConsoleConformance,
                ResizingConformance,
                AccountsConformance,
                AdoptionConformance,
                HostAffinityConformance,
                UsageConformance {}

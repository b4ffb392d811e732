package hansa.federation.compute;

import hansa.federation.Databases;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class PostgresCloudUsageTest extends CloudUsageContract {

    @Override
    StoreUrl database(Path folder) {
        return Databases.postgres();
    }
}

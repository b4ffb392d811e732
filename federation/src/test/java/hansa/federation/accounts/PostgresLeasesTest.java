package hansa.federation.accounts;

import hansa.federation.Databases;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class PostgresLeasesTest extends LeasesContract {

    @Override
    StoreUrl database(Path folder) {
        return Databases.postgres();
    }
}

package hansa.federation.compute;

import hansa.federation.Databases;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class PostgresThinnedListTest extends ThinnedListContract {

    @Override
    StoreUrl database(Path folder) {
        return Databases.postgres();
    }
}

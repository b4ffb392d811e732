package hansa.federation.vos;

import hansa.federation.Databases;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class PostgresVosTest extends VosContract {

    @Override
    StoreUrl database(Path folder) {
        return Databases.postgres();
    }
}

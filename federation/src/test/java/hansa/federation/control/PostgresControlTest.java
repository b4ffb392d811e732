package hansa.federation.control;

import hansa.federation.Databases;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class PostgresControlTest extends ControlContract {

    @Override
    StoreUrl database(Path folder) {
        return Databases.postgres();
    }
}

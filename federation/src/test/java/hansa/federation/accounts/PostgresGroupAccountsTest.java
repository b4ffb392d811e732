package hansa.federation.accounts;

import hansa.federation.Databases;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class PostgresGroupAccountsTest extends GroupAccountsContract {

    @Override
    StoreUrl database(Path folder) {
        return Databases.postgres();
    }
}

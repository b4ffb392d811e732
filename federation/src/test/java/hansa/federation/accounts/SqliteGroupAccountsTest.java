package hansa.federation.accounts;

import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class SqliteGroupAccountsTest extends GroupAccountsContract {

    @Override
    StoreUrl database(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
    }
}

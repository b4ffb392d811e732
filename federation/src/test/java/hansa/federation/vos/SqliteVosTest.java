package hansa.federation.vos;

import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class SqliteVosTest extends VosContract {

    @Override
    StoreUrl database(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
    }
}

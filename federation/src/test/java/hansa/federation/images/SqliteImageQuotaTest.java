package hansa.federation.images;

import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class SqliteImageQuotaTest extends ImageQuotaContract {

    @Override
    StoreUrl database(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
    }
}

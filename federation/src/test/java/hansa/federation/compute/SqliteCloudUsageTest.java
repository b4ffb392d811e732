package hansa.federation.compute;

import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class SqliteCloudUsageTest extends CloudUsageContract {

    @Override
    StoreUrl database(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
    }
}

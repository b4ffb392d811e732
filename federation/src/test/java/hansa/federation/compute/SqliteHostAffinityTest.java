package hansa.federation.compute;

import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class SqliteHostAffinityTest extends HostAffinityContract {

    @Override
    StoreUrl database(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
    }
}

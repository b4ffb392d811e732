package hansa.federation.compute;

import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class SqliteThinnedListTest extends ThinnedListContract {

    @Override
    StoreUrl database(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
    }
}

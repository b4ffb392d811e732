package hansa.federation.control;

import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class SqliteControlTest extends ControlContract {

    @Override
    StoreUrl database(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
    }
}

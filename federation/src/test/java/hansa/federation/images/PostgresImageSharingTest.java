package hansa.federation.images;

import hansa.federation.Databases;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class PostgresImageSharingTest extends ImageSharingContract {

    @Override
    StoreUrl database(Path folder) {
        return Databases.postgres();
    }
}

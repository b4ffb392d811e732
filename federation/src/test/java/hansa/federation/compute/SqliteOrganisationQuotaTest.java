package hansa.federation.compute;

import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class SqliteOrganisationQuotaTest extends OrganisationQuotaContract {

    @Override
    StoreUrl database(Path folder) {
        return StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
    }
}

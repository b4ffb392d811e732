package hansa.federation.compute;

import hansa.federation.Databases;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;

class PostgresOrganisationQuotaTest extends OrganisationQuotaContract {

    @Override
    StoreUrl database(Path folder) {
        return Databases.postgres();
    }
}

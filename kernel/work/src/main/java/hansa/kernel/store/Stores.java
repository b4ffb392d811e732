package hansa.kernel.store;

import hansa.kernel.base.Failure;
import java.util.List;

/** Opens stores. */
public final class Stores {

    private Stores() {}

    /**
     * Opens the store, creates it where it does not exist, and brings its schema up to date.
     *
     * @param migrations class path folders with migrations, such as {@code db/migration/compute}; the kernel's own are
     *     always included
     * @throws Failure when it cannot be opened or migrated
     */
    public static Store open(StoreUrl url, List<String> migrations) {
        return open(url, migrations, StoreSettings.DEFAULT);
    }

    static Store open(StoreUrl url, List<String> migrations, StoreSettings settings) {
        Migrations all = Migrations.of(migrations);
        return switch (url) {
            case StoreUrl.Sqlite sqlite -> SqliteStore.open(sqlite, all, settings);
            case StoreUrl.Postgres postgres -> PostgresStore.open(postgres, all, settings);
        };
    }
}

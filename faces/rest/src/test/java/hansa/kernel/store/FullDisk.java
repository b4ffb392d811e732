package hansa.kernel.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Opens a store whose file cannot grow, as on a full disk. In this package, since nobody else may set the limit. */
public final class FullDisk {

    private FullDisk() {}

    /** @param file of a store that was opened before, and is closed */
    public static Store open(Path file, List<String> migrations) {
        StoreUrl url = new StoreUrl.Sqlite(file);
        long pages;
        try (Store roomy = Stores.open(url, migrations)) {
            pages = roomy.read(sql ->
                    sql.createQuery("pragma page_count").mapTo(Long.class).one());
        }
        return Stores.open(url, migrations, new StoreSettings(4096, 256, 8, 1, Duration.ofSeconds(5), pages));
    }
}

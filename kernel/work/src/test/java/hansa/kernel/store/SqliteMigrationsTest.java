package hansa.kernel.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMigrationsTest implements MigrationsContract {

    @TempDir
    Path folder;

    @Override
    public StoreUrl url() {
        return Databases.sqlite(folder);
    }
}

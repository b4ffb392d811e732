package hansa.kernel.store;

class PostgresMigrationsTest implements MigrationsContract {

    private final StoreUrl url = Databases.postgres();

    @Override
    public StoreUrl url() {
        return url;
    }
}
